# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading XML that strangers send: no DOCTYPE, no entities, a cap on size, faults by line and column.

Elements are known by their local name, because their namespaces change with every album of
formats; the namespace is kept as a hint of the version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 16 * 1024 * 1024  # a declaration of 999 items takes 2 to 8 MB
MAX_DEPTH = 64
MAX_SIGNS = 1_000_000  # of < and of =, each; 999 items with everything filled in have a third of it
_PIECE = 1 << 16
_FAR_TOO_DEEP = 1_000  # signs are counted, not elements, so a comment may look like a few of them

_AT = N_("{file}: line {line}, column {column}: {reason}")


def read_xml(content: bytes, file: str) -> Element:
    """Read a document into elements.

    Args:
        content: the bytes as they came.
        file: what to call them in an error.

    Raises:
        UserError: too large, not well-formed, or with a DOCTYPE; says where.
    """
    from xml.etree import ElementTree

    check_prolog(content, file)
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - no DOCTYPE, so no entities
    except ElementTree.ParseError as error:
        line, column = error.position
        raise fault(file, line, column + 1, expat.ErrorString(error.code)) from None


def fault(file: str, line: int, column: int, reason: Message | str) -> UserError:
    """Return the error that says at which line and column a file cannot be read."""
    return UserError(_AT, file=file, line=line, column=column, reason=reason)


class _RootReachedError(Exception):
    """Everything before the root element has been read."""


def check_prolog(content: bytes, file: str) -> None:
    """Refuse what is too much for a message, then a DOCTYPE; nothing is built of it meanwhile.

    Raises:
        UserError: too large, too deep, too many elements or attributes, no root element, or a DOCTYPE; says where.
    """
    if len(content) > MAX_BYTES:
        raise UserError(
            N_("{file} has {size} bytes; no message may have more than {limit}."),
            file=file,
            size=len(content),
            limit=MAX_BYTES,
        )
    if max(content.count(b"<"), content.count(b"=")) > MAX_SIGNS:
        raise fault(file, 1, 1, Message(N_("it has more elements or attributes than any message")))
    if _grows(content):
        raise fault(file, 1, 1, Message(N_("its elements lie deeper in each other than those of any message")))
    refuse_doctype(content, file)


def _grows(content: bytes) -> bool:
    """Tell whether elements are opened by the thousand and not closed, by counting signs, piece by piece."""
    unclosed = 0
    for start in range(0, len(content), _PIECE):
        signs = (content.count(sign, start, start + _PIECE) for sign in (b"<", b"</", b"/>", b"<!", b"<?"))
        opened, closed, empty, declared, instructed = signs
        unclosed += opened - 2 * closed - empty - declared - instructed
        if unclosed > _FAR_TOO_DEEP:
            return True
    return False


def refuse_doctype(content: bytes, file: str) -> None:
    """Read as far as the root element: only before it can a DOCTYPE stand, and with it entities.

    Raises:
        UserError: no root element, or a DOCTYPE; says where.
    """
    parser = expat.ParserCreate()

    def doctype(*_what: object) -> None:
        reason = Message(N_("a DOCTYPE is not taken"))
        raise fault(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, reason)

    def start(_tag: str, _attributes: object) -> None:
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)  # noqa: FBT003 - it knows its argument by place only
    except _RootReachedError:
        return
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise fault(file, error.lineno, error.offset + 1, reason) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise fault(file, 1, 1, str(error)) from None


def local(tag: str) -> str:
    """Return the local name of a tag.

    >>> local("{urn:x}Goods")
    'Goods'
    """
    return tag.rpartition("}")[2]


def namespace(tag: str) -> str:
    """Return the namespace of a tag, empty when there is none."""
    return tag[1:].rpartition("}")[0]


def everywhere(path: str) -> str:
    """Return a path of local names as one that matches them in any namespace.

    >>> everywhere("Customs/Code")
    '{*}Customs/{*}Code'
    """
    return "/".join("{*}" + name for name in path.split("/"))


def value(element: Element, path: str) -> str:
    """Return the text of the first element at a path of local names, empty if there is none."""
    return (element.findtext(everywhere(path)) or "").strip()
