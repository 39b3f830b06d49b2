# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the worklist says and offers: verbs of its folders with their keys, and what an empty folder teaches."""

from __future__ import annotations

from PySide6.QtCore import Qt

from swclient.base.i18n import N_

VERB_KEYS = {
    "templates": {Qt.Key.Key_F2: "rename_template", Qt.Key.Key_Delete: "remove_template"},
    "bin": {Qt.Key.Key_Delete: "purge"},
    "": {Qt.Key.Key_Delete: "put_in_bin"},
}
OFFERS = ("new", "workbook", "sample")
TEMPLATE_VERBS = {"new_from_template": "", "rename_template": "F2", "remove_template": "Del", "restore_template": ""}
BIN_VERBS = {"undo": "Ctrl+Z", "put_in_bin": "", "take_back": "Enter", "purge": "Del"}
HINTS = {**TEMPLATE_VERBS, **BIN_VERBS}
STORIES = {
    "new": N_("An empty declaration; what is usual is filled in, the rest is yours to type."),
    "workbook": N_("A supplier's Excel file becomes a draft; cells that cannot be read are told, not dropped."),
    "sample": N_("A whole import of made-up goods, to look at and play with. Nothing is filed anywhere."),
}
EMPTY = {
    "drafts": N_("No drafts. Begin one of these ways."),
    "ready": N_("Nothing is ready. A draft comes here when it is checked (F7) and no error is found."),
    "to_send": N_("Nothing waits to be sent. What is signed stands here until the office has taken it."),
    "waiting": N_("Nothing is waiting for an answer. What was sent stands here until customs has decided."),
    "needs_you": N_("Nothing needs you. Payment requests and rejected declarations will stand here."),
    "released": N_("Nothing is released yet. A declaration comes here when customs releases its goods."),
    "archived": N_("The archive is empty. What is released is filed here with all that was sent and answered."),
    "bin": N_("The bin is empty. Delete moves a draft here from its folder; it can be taken back."),
    "templates": N_(
        "No templates. Open a declaration and choose “Save as template”; new ones are then made of it here."
    ),
}


NOTHING_FOUND = N_("Nothing like that is found here. Escape in the line above shows everything again.")
