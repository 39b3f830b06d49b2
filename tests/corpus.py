# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the official schemas and real messages lie that some tests compare with.

They are other people's files, never part of the project. Where they are not at hand, the tests that
need them say so and are skipped.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def corpus() -> Path | None:
    """Return the folder of schemas and sample messages, or None where there is none."""
    told = os.environ.get("SWCLIENT_CORPUS")
    folder = Path(told) if told else ROOT.parent / "shared" / "corpus"
    return folder if folder.is_dir() else None


def corpus_path(*parts: str) -> Path:
    """Return a file or folder of the corpus, or skip the test with the reason."""
    folder = corpus()
    if folder is None:
        pytest.skip("no corpus here: set SWCLIENT_CORPUS to the folder of official schemas")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the corpus here has no {path.relative_to(folder)}")
    return path


needs_corpus = pytest.mark.skipif(
    corpus() is None, reason="no corpus here: set SWCLIENT_CORPUS to the folder of official schemas"
)
