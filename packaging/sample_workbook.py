# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the sample supplier's workbook, as suppliers really send them, with its planted mistakes.

Title rows, merged cells, captions in two languages over two rows, figures as text and as numbers, units in words, a
totals row and notes below. `make_samples.py` calls it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet  # noqa: TC002 - openpyxl is here anyway

STAMP = datetime(2026, 11, 9, 9, 0, 0)  # noqa: DTZ001 - Excel's own stamps have no zone
SHARED_CONTAINERS = ((1, 4), (6, 7), (10, 12))  # lines with one merged cell for their container
INVOICE_CAPTIONS = (
    (
        "No.",
        "Art. No.",
        "Description of goods",
        None,
        "HS code",
        "Country of origin",
        "Quantity",
        "Price, USD",
        None,
    ),
    (
        "序号",
        "货号",
        "English 英文",
        "Chinese 中文",
        "海关编码",
        "原产国",
        "数量",
        "Unit price 单价",
        "Amount 金额",
    ),
)
PACKING_CAPTIONS = (
    (
        "No.",
        "Art. No.",
        "Наименование товара",
        "Packages",
        "Weight, kg 重量",
        None,
        "2nd quantity",
        "Volume, m³",
        "Container No.",
        "Remarks",
    ),
    (
        "序号",
        "货号",
        "俄文品名",
        "件数",
        "Gross 毛重",
        "Net 净重",
        "第二数量",
        "体积",
        "集装箱号",
        "备注",
    ),
)


def workbook(table: dict[str, Any]) -> bytes:
    """Return the supplier's workbook, the same bytes every time."""
    book = Workbook()
    book.properties.creator = table["letter"]["seller"]
    book.properties.created = book.properties.modified = STAMP
    book.remove(book.worksheets[0])
    _invoice(book.create_sheet("INVOICE"), table)
    _packing(book.create_sheet("PACKING LIST"), table)
    draft = io.BytesIO()
    book.save(draft)
    return _same_stamps(draft.getvalue())


def _same_stamps(data: bytes) -> bytes:
    """Give every part of a ZIP one date, and the workbook the date of its making."""
    copy = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "docProps/core.xml":
                head, tag, rest = part.partition(b"<dcterms:modified")
                part = (
                    head
                    + tag
                    + rest[: rest.index(b">") + 1]
                    + STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                    + rest[rest.index(b"</") :]
                )
            new.writestr(zipfile.ZipInfo(info.filename, STAMP.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
    return copy.getvalue()


def _invoice(sheet: Worksheet, table: dict[str, Any]) -> None:
    letter = table["letter"]
    terms = f"{letter['incoterm']} {letter['place']} (Incoterms 2020)"
    _title(sheet, 1, letter["seller"].upper(), 9)
    _title(sheet, 2, letter["seller_zh"], 9)
    _title(sheet, 3, "COMMERCIAL INVOICE 商业发票", 9)
    _title(sheet, 4, "TRAINING SAMPLE - not a real transaction 教学样本", 9)
    _labels(sheet, 6, (
        ("Seller 卖方:", letter["seller"], "Invoice No. 发票号:", letter["invoice"]),
        ("Seller's address 卖方地址:", letter["seller_address"], "Date 日期:", letter["invoice_date"]),
        ("USCC 统一社会信用代码:", letter["seller_id"], "Contract No. 合同号:", letter["contract"]),
        ("Tel 电话:", letter["seller_phone"], "Contract date 合同日期:", f"{letter['contract_date']:%d.%m.%Y}"),
        ("Buyer 买方:", letter["buyer"], "Terms of delivery 交货条款:", terms),
        ("Buyer's address 买方地址:", letter["buyer_address"], "Currency 币种:", letter["currency"]),
        ("BIN БИН:", letter["buyer_id"], None, None),
    ), (1, 3, 7, 9))  # fmt: skip
    row = _captions(sheet, 14, INVOICE_CAPTIONS)
    for number, goods in enumerate(table["goods"], 1):
        shown = goods["shown"]
        _fill(sheet, row, (
            number, goods["article"], goods["en"], goods["zh"], shown.get("code", goods["code"]), shown["origin"],
            shown["qty"], _number(goods["unit_price"]), shown.get("amount", _number(goods["price"])),
        ))  # fmt: skip
        row += 1
    whole = sum(Decimal(goods["price"]) for goods in table["goods"])
    _fill(sheet, row, ("TOTAL 合计:", *[None] * 7, _number(str(whole))))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
    _fill(
        sheet,
        row + 2,
        ("Freight Urumqi - Nur Zholy 运费:", *[None] * 7, _written(Decimal(letter["freight"]))),
    )
    _fill(sheet, row + 3, ("Insurance 保险费:", *[None] * 7, _number(letter["insurance"])))
    note = "Notes 备注: freight and insurance are arranged for the buyer and not part of the amount above."
    _fill(sheet, row + 5, (note,))
    _fill(sheet, row + 6, ("All goods are new and of Chinese origin. 所有货物均为中国原产全新商品。",))
    _widths(sheet, (6, 14, 34, 22, 18, 16, 16, 14, 16))


def _packing(sheet: Worksheet, table: dict[str, Any]) -> None:
    letter = table["letter"]
    _title(sheet, 1, "PACKING LIST 装箱单", 10)
    _title(sheet, 2, "TRAINING SAMPLE - not a real transaction 教学样本", 10)
    _labels(sheet, 4, (
        ("Packing list No. 装箱单号:", letter["packing_list"], "Invoice No. 发票号:", letter["invoice"]),
        ("Date 日期:", f"Nov. {letter['packing_date'].day}, {letter['packing_date'].year}", None, None),
    ), (1, 3, 7, 9))  # fmt: skip
    first = row = _captions(sheet, 7, PACKING_CAPTIONS)
    for line in _packing_lines(table):
        _fill(sheet, row, line)
        row += 1
    for top, bottom in SHARED_CONTAINERS:
        sheet.merge_cells(start_row=first + top - 1, end_row=first + bottom - 1, start_column=9, end_column=9)
    _fill(sheet, row, _packing_totals(table))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    _fill(sheet, row + 2, ("Shipping marks 唛头: N/M",))
    _widths(sheet, (6, 14, 46, 14, 14, 14, 14, 12, 18, 14))


def _packing_lines(table: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    planted, containers = table["planted"], table["letter"]["containers"]
    for number, goods in enumerate(table["goods"], 1):
        shown = goods["shown"]
        masses = [shown.get(which, _number(goods[which])) for which in ("gross", "net")]
        box = (
            planted["container_text"]
            if number == planted["container_line"]
            else " / ".join(containers[n - 1] for n in goods["box"])
        )
        volume = planted["unreadable_text"] if number == planted["unreadable_line"] else _number(goods["volume"])
        yield (
            number, goods["article"], goods["ru"], shown["packages"],
            *(reversed(masses) if number == planted["masses_swapped"] else masses),
            shown.get("second"), volume, box, None,
        )  # fmt: skip


def _packing_totals(table: dict[str, Any]) -> tuple[Any, ...]:
    """Return the totals row as Excel adds it up, swapped masses and all; the volume is that of all lines."""
    numbers = range(1, len(table["goods"]) + 1)
    gross, net = (sum((Decimal(_massed(table, n, which)) for n in numbers), Decimal(0)) for which in ("gross", "net"))
    packages = sum(int(goods["packages"]) for goods in table["goods"])
    volume = sum(Decimal(goods["volume"]) for goods in table["goods"])
    figures = (f"{packages} packages", _written(gross), _number(str(net)), None, _number(str(volume)))
    return ("TOTAL 合计:", None, None, *figures, None, None)


def _massed(table: dict[str, Any], number: int, which: str) -> str:
    """Return a mass as the workbook has it: of one line the two stand in each other's place."""
    if number == table["planted"]["masses_swapped"]:
        which = {"gross": "net", "net": "gross"}[which]
    return str(table["goods"][number - 1][which])


def _title(sheet: Worksheet, row: int, text: str, width: int) -> None:
    sheet.cell(row, 1, text).font = Font(bold=True, size=14 if row == 1 else 11)
    sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _labels(sheet: Worksheet, top: int, rows: Sequence[Sequence[Any]], columns: Sequence[int]) -> None:
    for row, values in enumerate(rows, top):
        for column, value in zip(columns, values, strict=True):
            if value is not None:
                cell = sheet.cell(row, column, value)
                cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else cell.number_format
        for start, end in (
            (columns[0], columns[1] - 1),
            (columns[1], columns[2] - 1),
            (columns[2], columns[3] - 1),
        ):
            sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)


def _captions(sheet: Worksheet, top: int, rows: Sequence[Sequence[str | None]]) -> int:
    """Write two rows of captions, some over two columns, and return the first row under them."""
    for row, captions in enumerate(rows, top):
        _fill(sheet, row, captions)
        for column, caption in enumerate(captions, 1):
            sheet.cell(row, column).font = Font(bold=True)
            if caption is None:
                sheet.merge_cells(start_row=row, end_row=row, start_column=column - 1, end_column=column)
    return top + len(rows)


def _fill(sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
    side = Side(style="thin")
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.alignment = Alignment(wrap_text=len(values) > 1, vertical="center")
        if len(values) > 1:
            cell.border = Border(side, side, side, side)


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + number)].width = width


def _written(figure: Decimal) -> str:
    """Return a figure as text with blanks and a decimal comma, as half of such workbooks have it."""
    return f"{figure:,}".replace(",", " ").replace(".", ",")


def _number(text: str) -> int | float:
    return int(text) if "." not in text else float(text)
