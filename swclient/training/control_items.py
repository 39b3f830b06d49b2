# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the goods items: required boxes, masses, procedure, containers."""

from __future__ import annotations

import re

from swclient.training.declaration import is_import
from swclient.training.notebook import Notebook
from swclient.training.reading import Node

NUMBERING = "TRN-202"
GROSS_BELOW_NET = "TRN-301"
MASS_NOT_POSITIVE = "TRN-302"
OTHER_PROCEDURE = "TRN-303"
FLAG_WITHOUT_CONTAINERS = "TRN-304"
CONTAINERS_WITHOUT_FLAG = "TRN-305"
CONTAINER_FORM = "TRN-306"

CONTAINER_PATH = "ESADContainer/ContainerNumber/ContainerIdentificaror"  # so spelt in the format
_CODE = re.compile(r"\d{10}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}|00|99", re.ASCII)
_METHOD = re.compile(r"[0-6]", re.ASCII)
_PROCEDURE = re.compile(r"\d{2}", re.ASCII)
_FEATURE = re.compile(r"\d{3}", re.ASCII)
_CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}", re.ASCII)


def check_items(book: Notebook) -> None:
    """Check every goods item, and the containers of all of them together."""
    for number, item in enumerate(book.sent.items, 1):
        _check_number(book, item, number)
        _check_description(book, item)
        _check_masses(book, item)
        _check_procedure(book, item)
        _check_value(book, item)
    _check_containers(book)


def _check_number(book: Notebook, item: Node, number: int) -> None:
    if item.value("GoodsNumeric") != str(number):
        book.note(NUMBERING, "32", (item, "GoodsNumeric"), number, item.value("GoodsNumeric"))


def _check_description(book: Notebook, item: Node) -> None:
    book.text(item, "GoodsDescription", "31")
    book.shaped(item, "GoodsTNVEDCode", "33", _CODE.fullmatch)
    book.shaped(item, "OriginCountryCode", "34", lambda text: _COUNTRY.fullmatch(text) or text == "EU")


def _check_masses(book: Notebook, item: Node) -> None:
    gross = book.amount(item, "GrossWeightQuantity", "35")
    net = book.amount(item, "NetWeightQuantity", "38")
    for mass, name, box in ((gross, "GrossWeightQuantity", "35"), (net, "NetWeightQuantity", "38")):
        if mass is not None and mass <= 0:
            book.note(MASS_NOT_POSITIVE, box, (item, name), "> 0", mass)
    if gross is not None and net is not None and gross < net:
        book.note(GROSS_BELOW_NET, "35", (item, "GrossWeightQuantity"), f">= {net:f}", gross)


def _check_procedure(book: Notebook, item: Node) -> None:
    place = "ESADCustomsProcedure/"
    main = book.shaped(item, place + "MainCustomsModeCode", "37", _PROCEDURE.fullmatch)
    book.shaped(item, place + "PrecedingCustomsModeCode", "37", _PROCEDURE.fullmatch)
    book.shaped(item, place + "GoodsTransferFeature", "37", _FEATURE.fullmatch)
    header = book.sent.root.value("CustomsModeCode")
    if main and header and main != header:
        book.note(OTHER_PROCEDURE, "37", (item, place + "MainCustomsModeCode"), header, main)


def _check_value(book: Notebook, item: Node) -> None:
    book.amount(item, "InvoicedCost", "42")
    if is_import(book.sent):
        book.shaped(item, "CustomsCostCorrectMethod", "43", _METHOD.fullmatch)
        book.amount(item, "CustomsCost", "45")


def _check_containers(book: Notebook) -> None:
    flag = book.sent.shipment.value("ESADout_CUConsigment/ContainerIndicator")
    place = (book.sent.shipment, "ESADout_CUConsigment/ContainerIndicator")
    numbers = [node for item in book.sent.items for node in item.all(CONTAINER_PATH) if node.text.strip()]
    if flag in {"1", "true"} and not numbers:
        book.note(FLAG_WITHOUT_CONTAINERS, "19", place, "0", flag)
    if flag in {"0", "false"} and numbers:
        book.note(CONTAINERS_WITHOUT_FLAG, "19", place, "1", flag)
    for node in numbers:
        if not _CONTAINER.fullmatch(node.text.strip()):
            book.note(CONTAINER_FORM, "31", (node, ""), "AAAU9999999", node.text.strip())
