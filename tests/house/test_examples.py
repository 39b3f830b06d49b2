# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in docstrings are true."""

import doctest
import importlib

import pytest

from tests.house.sources import ROOT, modules, told

PROMPT = ">>> "


def _dotted(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


WITH_EXAMPLES = [file for file in modules("swclient") if PROMPT in file.read_text("utf-8")]


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=told)
def test_the_examples_of_a_module_are_true(file):
    results = doctest.testmod(importlib.import_module(_dotted(file)))
    assert results.attempted
    assert not results.failed


def test_kinds_figures_and_apportioning_have_examples():
    named = {told(file) for file in WITH_EXAMPLES}
    assert "swclient/base/decimals.py" in named
    assert "swclient/tariff/apportion.py" in named
    assert sum(name.startswith("swclient/catalogue/kinds/") for name in named) > 2
