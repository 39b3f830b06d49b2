# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build hook: a wheel carries built fonts and compiled translations, or it is not built."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONTS = tuple(f"{family}-{style}.ttf" for family in ("SWCSans", "SWCSansUI") for style in ("Regular", "Bold"))


class Hook(BuildHookInterface):  # type: ignore[type-arg]  # the configuration class is of no matter here
    """Sees to what git does not keep: fonts are demanded, translations compiled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check the fonts and add a compiled catalogue for every translation.

        An editable installation (version "editable") reads both from the checkout and needs
        neither.

        Raises:
            RuntimeError: the fonts have not been built in this checkout.
        """
        if version == "editable":
            return
        root = Path(self.root)
        missing = [name for name in FONTS if not (root / "resources" / "fonts" / name).is_file()]
        if missing:
            raise RuntimeError(
                f"resources/fonts lacks {', '.join(missing)}: build them with `./dev setup` "
                "(or `python packaging/fonts.py`), then build the wheel again"
            )
        self._compiled = TemporaryDirectory(prefix="swclient-mo-")
        for source in sorted(root.glob("localization/*/LC_MESSAGES/*.po")):
            target = source.relative_to(root).with_suffix(".mo")
            file = Path(self._compiled.name) / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(compiled(source))
            build_data["force_include"][str(file)] = f"swclient/{target.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the compiled catalogues away again; the wheel has them."""
        if version != "editable":
            self._compiled.cleanup()


def compiled(source: Path) -> bytes:
    """Return a translation as gettext reads it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as text:
        catalogue = read_po(text)
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()
