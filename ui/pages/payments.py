# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes 47, 48, 52 and B: the one big figure, charges by item and kind, and the papers by which it is paid."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.document.path import SINGLE, Path

from .. import theme
from ..forms.assessed import AssessedLines
from ..forms.charges import Charges
from ..parts.figure import BigFigure
from ..parts.plain import words
from ..words import numbered
from .page import Page

_TOTAL = Path("header", SINGLE, "charges_total")


class PaymentsPage(Page):
    """Every figure here answers “why?” in the column at the right."""

    NAME = "payments"
    TITLE = N_("Payments")
    FIGURES = ("header.charges", "header.charges_total", "item.charges", "item.charges_due")

    def compose(self) -> None:
        """Put the total first, then what it is made of, then how it is paid."""
        self.big = BigFigure()
        self.big.asked.connect(lambda: self.stage.why.emit(_TOTAL))
        self.value = BigFigure()
        self.value.asked.connect(lambda: self.stage.why.emit(Path("header", SINGLE, "customs_value_total")))
        line = QHBoxLayout()
        line.setSpacing(theme.M)
        line.addWidget(self.big)
        line.addWidget(self.value)
        line.addStretch(1)
        self.column.addLayout(line)
        self.chain += [self.big, self.value]
        self.assessed = AssessedLines(self.stage)
        self.chain.append(self.assessed)
        self.column.addWidget(self.assessed)
        self.caption = words(size=theme.TITLE, bold=True)
        self.column.addWidget(self.caption)
        self.charges = Charges(self.stage)
        self.chain.append(self.charges)
        self.column.addWidget(self.charges)
        self.note = words(size=theme.CAPTION, muted=True)
        self.column.addWidget(self.note)
        self.grid("payment", "kind:20 amount:14 method:14 number:20 date:12", rows=4)
        self.grid("guarantee", "kind:20 number:20 date:12 amount:14 excluded:14", rows=2)
        self.section(N_("Deferral and security"))
        self.row("header.deferral_kind:4 header.deferral_date:3 header.fee:3")
        self.row("header.self_assessed:4 header.surety:4")

    def owns(self, path: Path) -> bool:
        """Tell whether a figure is to be found here."""
        return super().owns(path) or path.field_id in self.FIGURES

    def show_path(self, path: Path) -> None:
        """Bring the cursor to a figure."""
        if path.field_id in {"header.charges", "header.charges_total"}:
            self.big.setFocus()
        elif path.table == "item":
            self.charges.setFocus()
        else:
            super().show_path(path)

    def refresh(self, changed: object = None) -> None:
        """Show the figures as they now stand."""
        super().refresh(changed)
        session = self.stage.session
        currency = str(session.value(Path("header", SINGLE, "value_currency")) or "")
        totals = session.value(Path("header", SINGLE, "charges"))
        good = all(line.confirmed for line in totals) if isinstance(totals, tuple) else True
        note = "" if good else _("* a rate behind it is not confirmed")
        self.big.say(_("Total to pay"), _money(session.value(_TOTAL), currency), note)
        value = session.value(Path("header", SINGLE, "customs_value_total"))
        self.value.say(_("Total customs value"), _money(value, currency), "")
        self.caption.setText(numbered(_("Charges by item"), session.profile.fields.get("item.charges")))
        self.note.setText(_("Move onto a figure to see why it is what it is. * not confirmed by its source"))
        self.charges.refresh()
        self.assessed.refresh()


def _money(value: object, currency: str) -> str:
    return f"{i18n.show(value)} {currency}" if isinstance(value, Decimal) else "—"
