# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be set, as one table: what it is called, what it does, its kind, and where it is kept.

The page of settings is made of it, and the search field finds its rows. A row stands here only if something follows it:
`ui.verbs.settings` says what.
"""

from __future__ import annotations

from typing import NamedTuple

from swclient.base.i18n import N_

WINDOW, BACKUP, BIN, PEOPLE, NOWHERE = "window.conf", "backup.toml", "bin.toml", "people.toml", ""
LANGUAGES, LOOKS, WORK, SECOND, ANSWERS, COPIES, KEEPING = (
    N_("Languages"),
    N_("Looks"),
    N_("New declarations"),
    N_("Second person"),
    N_("Answers"),
    N_("Copies"),
    N_("Keeping and deleting"),
)


class Setting(NamedTuple):
    """One row of the table.

    Attributes:
        id: name for programs; also its name in the file it is kept in.
        group: the heading it stands under.
        label: what people read.
        about: what it does, in a sentence.
        kind: `choice`, `number`, `folder`, or `shown` for what can only be read here.
        file: where it is kept, in the user's data folder.
        choices: values and their words; empty where they come from elsewhere (`Settings.choices`).
        least, most: of a number.
        default: as shipped; of what is kept in a file that is shipped, that file says it.
        key: its name in the file, where that is not its id.
    """

    id: str
    group: str
    label: str
    about: str
    kind: str = "choice"
    file: str = WINDOW
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    default: str = ""
    key: str = ""


_SCALES = ("100", "110", "125", "150", "175", "200")

TABLE = (
    Setting("language", LANGUAGES, N_("Language of the screen"),
            N_("Menus, boxes, findings and help are in it. What is printed and what you type are not.")),
    Setting("print_language", LANGUAGES, N_("Language of printed forms"),
            N_("The captions of the form and the words between its values. What you typed is printed as it stands."),
            ),
    Setting("descriptions", LANGUAGES, N_("Goods descriptions on printed forms"),
            N_("Which of the two descriptions of an item is printed. What is sent to customs is not touched."),
            choices=(("own", N_("As declared")), ("both", N_("Both, as declared first")),
                     ("supplier", N_("The supplier's, where there is one"))), default="own"),
    Setting("theme", LOOKS, N_("Colours"), N_("Light or dark, or as the system has it, day and night."),
            choices=(("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark"))),
            default="system"),
    Setting("density", LOOKS, N_("Height of rows"), N_("How close boxes, tables and lists stand together."),
            choices=(("compact", N_("Compact, 24")), ("normal", N_("Normal, 28")),
                     ("comfortable", N_("Comfortable, 34"))), default="normal"),
    Setting("motion", LOOKS, N_("Motion"),
            N_("Without motion the cursor does not blink, and menus, lists and hints do not slide or fade."),
            choices=(("system", N_("As the system wishes")), ("still", N_("No motion")), ("moving", N_("With motion"))),
            default="system"),
    Setting("scale", LOOKS, N_("Size of everything"),
            N_("In percent of what the screen asks for. In force when the program is started the next time."),
            choices=tuple((each, f"{each} %") for each in _SCALES), default="100"),
    Setting("country", WORK, N_("Country of new declarations"),
            N_("Its boxes, lists, rates and rules are given to an empty declaration. Open ones keep theirs.")),
    Setting("role", WORK, N_("What you do"),
            N_("Where your own firm stands in an empty declaration, once it is kept (“Keep as our own firm”).")),
    Setting("four_eyes", SECOND, N_("Sign-off by a second person"),
            N_("A declaration goes out only after another person than its last editor has signed it off."),
            file=PEOPLE, choices=(("off", N_("Not wanted")), ("on", N_("Wanted"))), key="four_eyes"),
    Setting("news", ANSWERS, N_("News on the desktop"),
            N_("While you look at another window, the desktop tells what an authority's answer changed."),
            choices=(("on", N_("Told")), ("off", N_("Not told"))), default="on"),
    Setting("backup_edits", COPIES, N_("Copy after so many edits"),
            N_("The store of declarations is copied when so many edits are in no copy yet."),
            "number", BACKUP, least=1, most=100_000, key="after_edits"),
    Setting("backup_minutes", COPIES, N_("Copy after so many minutes"),
            N_("And when anything is in no copy and the last one is so old."),
            "number", BACKUP, least=1, most=10_080, key="after_minutes"),
    Setting("backup_last", COPIES, N_("Newest copies kept"), N_("So many stay, whatever their day."),
            "number", BACKUP, least=1, most=1000, key="keep_last"),
    Setting("backup_days", COPIES, N_("Days with a copy"),
            N_("Beyond the newest, the last copy of each of so many days stays."),
            "number", BACKUP, most=3660, key="keep_days"),
    Setting("backup_second", COPIES, N_("Second folder for copies"),
            N_("Every copy is put here too: a memory stick, a network folder. Blank for none."),
            "folder", BACKUP, key="second_folder"),
    Setting("bin_days", KEEPING, N_("Days in the bin"),
            N_("After so many days a draft in the bin is deleted for ever. 0: it stays until you delete it."),
            "number", BIN, most=3660, key="keep_days"),
    Setting("retention", KEEPING, N_("What was sent is kept"),
            N_("For so long the program refuses to delete what was signed, sent or answered. The law says it."),
            "shown", NOWHERE),
)  # fmt: skip
BY_ID = {row.id: row for row in TABLE}
GROUPS = tuple(dict.fromkeys(row.group for row in TABLE))
