# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds "SWC Sans", the one face of the program: Latin, Cyrillic and Chinese together.

No free font covers all nine languages at once, reportlab takes no fallback font and leaves a
missing letter out without a word, so two fonts are joined here: Noto Sans for letters, Noto Sans SC
for what it lacks. "SWC Sans UI" is the same face without Chinese, one twentieth of its size: what the
window is first painted with. Both sources come as locked packages under the SIL Open Font License; its
texts lie beside the result. The same inputs give the same bytes, and what was built is remembered, so
that a second call costs nothing.
"""

import argparse
import hashlib
import subprocess
import sys
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, TTLibError
from fontTools.varLib import instancer

FAMILY = "SWC Sans"
FIRST = "SWC Sans UI"
FAMILIES = (FAMILY, FIRST)
WEIGHTS = {"Regular": 400, "Bold": 700}
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"
PACKAGES = ("fontpkg-noto-sans", "justmytype-intl-cjk", "fonttools")

# What declarations, forms and the window write. Everything is taken from Noto Sans where it has it,
# and from Noto Sans SC otherwise (Chinese, arrows, box drawing, check marks).
RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0259, 0x0259), (0x0275, 0x0275), (0x02B0, 0x036F),
    (0x0370, 0x03FF), (0x0400, 0x052F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20A0, 0x20CF), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x25FF), (0x2600, 0x27BF), (0x3000, 0x30FF), (0x3200, 0x33FF), (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF), (0xFFFD, 0xFFFD),
)  # fmt: skip
CHINESE = 0x2E80  # from here on, characters are left out of what the window is first painted with
# Without these a form or a screen in one of the nine languages would lose letters: the build fails
# instead.
MUST_HAVE = (
    "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё"  # Kazakh, and Kyrgyz, Mongolian, Russian within it
    "ҒғӢӣҚқӮӯҲҳҶҷ"  # Tajik
    "ƏəĞğİıÖöŞşÜüÇçʻʼ"  # Azerbaijani, Uzbek
    "镕报关单海关总署集装箱车辆"  # Chinese, a rare letter of names first
    "₸₼₮₽¥€$£№§°±×÷≤≥≠–—…«»„“”‘’"  # currencies and punctuation
    "←→↑↓─│┌┐└┘├┤┬┴┼■□▲▼●○✓"  # arrows, box drawing, marks
    "⁰¹²³⁴₂①②③　。，、（）"
)
# Tables of layout, hinting and vertical writing: joining them fails or they refer to one of the two
# fonts only.
DROPPED = (
    "GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG", "meta", "MVAR",
    "gasp", "prep", "fpgm", "cvt ",
)  # fmt: skip
MAC_EPOCH_2026 = 3_850_070_400  # seconds from 1904 to 2026-01-01: a date of no build, so that bytes repeat
COPYRIGHT = (
    "Copyright 2022 The Noto Project Authors (latin-greek-cyrillic). "
    "Copyright 2014-2021 Adobe (Chinese). Joined for swclient under another name."
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
LICENCE_PAGE = "https://openfontlicense.org"


def sources() -> tuple[Traversable, Traversable]:
    """Return the two variable fonts the family is made of: letters, and Chinese."""
    letters = resources.files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    chinese = resources.files("justmytype_intl_cjk") / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    return letters, chinese


def recipe() -> str:
    """Return a digest of what decides the bytes: this file and the versions it reads."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in PACKAGES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


def _mark(family: str, style: str) -> str:
    """Return the text by which a built file tells what it was made by."""
    return f"swclient:{family}:{style}:{recipe()}"


def _cut(font: TTFont, wanted: set[int]) -> None:
    """Cut a font down to the wanted characters."""
    options = Options()
    options.drop_tables += list(DROPPED)
    options.hinting = False
    options.name_IDs = []
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def _instance(source: Traversable, wanted: set[int], weight: int) -> TTFont:
    """Return one static weight of a variable font, cut down to the wanted characters."""
    font = TTFont(BytesIO(source.read_bytes()), recalcTimestamp=False, lazy=True)
    _cut(font, wanted)
    axes = {"wght": weight}
    if any(axis.axisTag == "wdth" for axis in font["fvar"].axes):
        axes["wdth"] = 100
    static = instancer.instantiateVariableFont(font, axes)
    for table in DROPPED:
        if table in static:
            del static[table]
    return static


def _rename(font: TTFont, family: str, style: str) -> None:
    """Give a made font its own name, weight and dates; nothing of the parents' names stays."""
    names = font["name"]
    names.names = []
    post_script = f"{family.replace(' ', '')}-{style}"
    full = family if style == "Regular" else f"{family} {style}"
    texts = {
        0: COPYRIGHT, 1: family, 2: style, 3: _mark(family, style), 4: full,
        5: "Version 1.000", 6: post_script, 13: LICENCE, 14: LICENCE_PAGE,
    }  # fmt: skip
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    os2 = font["OS/2"]
    os2.usWeightClass = WEIGHTS[style]
    os2.fsType = 0
    os2.fsSelection = (os2.fsSelection & ~0b0110_0001) | (0b0010_0000 if bold else 0b0100_0000)
    os2.achVendID = "SWCL"
    os2.recalcUnicodeRanges(font)
    os2.recalcCodePageRanges(font)
    head = font["head"]
    head.macStyle = 1 if bold else 0
    head.fontRevision = 1.0
    head.created = head.modified = MAC_EPOCH_2026


def build(style: str, folder: Path) -> list[Path]:
    """Build one weight into the folder, whole and without Chinese, and return the files.

    Raises:
        SystemExit: a character of MUST_HAVE came out of neither font.
    """
    whole = _whole(style, folder)
    # Cut from the whole, it has the same letters at the same height: who changes from one to the
    # other sees nothing move.
    first = TTFont(whole, recalcTimestamp=False)
    _cut(first, {code for code in first.getBestCmap() if code < CHINESE})
    return [whole, _finish(first, FIRST, style, folder)]


def _whole(style: str, folder: Path) -> Path:
    """Join one weight of both sources, every letter of the nine languages in it."""
    letters, chinese = sources()
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    first = _instance(letters, wanted, WEIGHTS[style])
    second = _instance(chinese, wanted - set(first.getBestCmap()), WEIGHTS[style])
    parts = []
    for number, font in enumerate((first, second)):
        part = folder / f".{style}-{number}.part"
        font.save(part)
        parts.append(part)
    joined = Merger().merge([str(part) for part in parts])
    missing = "".join(sorted({c for c in MUST_HAVE if ord(c) not in joined.getBestCmap()}))
    if missing:
        sys.exit(f"fonts: these characters are in neither source font: {missing}")
    made = _finish(joined, FAMILY, style, folder)
    for part in parts:
        part.unlink()
    return made


def _finish(font: TTFont, family: str, style: str, folder: Path) -> Path:
    """Name a font and write it, whole or not at all."""
    _rename(font, family, style)
    font.recalcTimestamp = False
    half = folder / f".{style}.part"
    font.save(half)
    return half.replace(_file(family, style, folder))


def _file(family: str, style: str, folder: Path) -> Path:
    return folder / f"{family.replace(' ', '')}-{style}.ttf"


def is_built(folder: Path = FOLDER) -> bool:
    """Say whether the folder holds what this recipe makes; each file tells which recipe made it."""
    wanted = [(family, style) for family in FAMILIES for style in WEIGHTS]
    try:
        return all(TTFont(_file(*each, folder), lazy=True)["name"].getDebugName(3) == _mark(*each) for each in wanted)
    except (OSError, TTLibError):
        return False


def main() -> int:
    """Build both weights unless they are there already; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the files")
    parser.add_argument("--style", choices=WEIGHTS, help="build this one only, whether there or not")
    told = parser.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    if told.style:
        for made in build(told.style, told.out):
            print(f"{FAMILY}: {made.name} {made.stat().st_size / 1e6:.1f} MB")
        return 0
    if is_built(told.out):
        print(f"{FAMILY}: built before")
        return 0
    # One process a weight: half the time on two cores, and nothing shared that could be missing.
    order = [sys.executable, "-I", __file__, "--out", str(told.out), "--style"]
    return max(process.wait() for process in [subprocess.Popen([*order, s]) for s in WEIGHTS])


if __name__ == "__main__":
    sys.exit(main())
