"""Save what can be saved of an XML file that is damaged.

The file is cut at the start tags of its units or entries. Each piece is parsed by itself; one that
is not well formed is tried again with bare ampersands, undeclared entities and forbidden characters
mended, and left out if that does not help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from glossary.errors import BadInputError
from tmx.interface import LossLog
from tmx.xmlsource import utf8_chunks
from tmx.xmlstream import MAX_PENDING, entity_text, new_parser
from tmx.xmltext import clean, escape_text

__all__ = ["SalvageLog", "note_salvage", "salvaged_chunks"]

_START = re.compile(rb"<(?:tu|termEntry|conceptEntry)(?=[\s>/])")
_ROOT = re.compile(rb"<(tmx|martif|tbx)(?:\s[^<>]*)?>")
_HEAD = re.compile(rb"<(header|martifHeader|tbxHeader)(?:\s[^<>]*)?(?:/>|>.*?</\1\s*>)", re.DOTALL)
_BACK = re.compile(rb"<back(?:\s[^<>]*)?>.*?</back\s*>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z_][\w.-]*);)?")
_BUILT_IN = {"lt", "gt", "amp", "quot", "apos"}
_FORMATS = {
    b"tmx": (b"tu", b"<body>", b"</body></tmx>"),
    b"martif": (b"termEntry", b"<text><body>", b"</text></martif>"),
    b"tbx": (b"conceptEntry", b"<text><body>", b"</text></tbx>"),
}


@dataclass(slots=True)
class SalvageLog:
    """What a salvage did.

    Attributes:
        mended: lines (1-based) of the units that were mended.
        lost: lines of the units that could not be saved.
    """

    mended: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def note_salvage(salvage: SalvageLog, log: LossLog) -> None:
    """Add what a salvage did to a log of losses."""
    for what, lines in (("mended", salvage.mended), ("lost", salvage.lost)):
        log.add(f"damaged units, {what}", f"line {lines[0]}" if lines else "", len(lines))


def salvaged_chunks(path: Path, log: SalvageLog) -> Iterator[bytes]:
    """Yield a well-formed document with every unit or entry that can be saved.

    Raises:
        BadInputError: the file cannot be opened, or no unit of TMX or TBX begins in it.
    """
    pieces = _pieces(path)
    head, _ = next(pieces)
    root = _ROOT.search(head)
    if root is None:
        raise BadInputError(
            "nothing can be saved: no TMX or TBX begins here",
            place=path,
            cure="is it the right file?",
        )
    unit, opening, closing = _FORMATS[root[1]]
    start = _mended(root[0] + b"</" + root[1] + b">", log=None)
    yield root[0] if start else b"<" + root[1] + b">"
    header = _HEAD.search(head)
    yield (_mended(header[0], log=None) if header else b"") or b""
    yield opening
    back = b""
    for piece, line in pieces:
        end = re.search(rb"</" + unit + rb"\s*>", piece)
        # What follows the last unit is the back matter.
        back = piece[end.end() :] if end else b""
        saved = _mended(piece[: end.end()] if end else piece, log, line)
        if saved:
            yield saved + b"\n"
        else:
            log.lost.append(line)
    if unit != b"tu":
        found = _BACK.search(back)
        yield b"</body>" + ((_mended(found[0], log=None) if found else b"") or b"")
    yield closing


def _pieces(path: Path) -> Iterator[tuple[bytes, int]]:
    """Yield what stands before the first unit, then each unit up to the next, with its line."""
    buffer, line, searched = b"", 1, 0
    for chunk in utf8_chunks(path, errors="replace"):
        buffer += chunk
        # A start tag may be cut by the end of the piece: look again at the last few bytes.
        while match := _START.search(buffer, searched):
            yield buffer[: match.start()], line
            line += buffer.count(b"\n", 0, match.start())
            buffer, searched = buffer[match.start() :], 1
        searched = max(searched, len(buffer) - 20)
        if len(buffer) > MAX_PENDING:
            # A unit of this size is none; its start is enough to count it as lost.
            buffer, searched = buffer[:1000], min(searched, 980)
    yield buffer, line


def _mended(piece: bytes, log: SalvageLog | None, line: int = 0) -> bytes | None:
    """Return a piece that is well formed by itself, mended if need be, or None."""
    if _is_wellformed(piece):
        return piece
    text = clean(piece.decode("utf-8", errors="replace"))
    candidate = _REFERENCE.sub(_reference, text).encode("utf-8")
    if not _is_wellformed(candidate):
        return None
    if log is not None:
        log.mended.append(line)
    return candidate


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _BUILT_IN:
        return match[0]
    if not name.startswith("#"):
        return escape_text(entity_text(name))
    code = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
    return escape_text(clean(chr(code))) if code < 0x110000 else ""


def _is_wellformed(piece: bytes) -> bool:
    try:
        new_parser().Parse(piece, True)
    except (expat.ExpatError, ValueError):
        return False
    return True
