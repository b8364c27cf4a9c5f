"""Drive expat over a file: constant memory, no namespaces, no entities from outside, limits.

expat without namespace processing reads files with unbound prefixes, which many tools write; it is
also the fastest parser Python has. Entities declared in the file are expanded by expat, which
stops amplification itself (libexpat 2.4); entities of an external DTD are not loaded: HTML names
become their character and others stay as ``&name;``, so no text is lost.
"""

from __future__ import annotations

import html.entities
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from glossary.errors import BadInputError
from tmx.xmlsource import utf8_chunks

__all__ = ["MAX_DEPTH", "MAX_PENDING", "entity_text", "local_name", "new_parser", "pump"]

#: Nesting that no real file comes near; deeper trees only serve to exhaust the stack.
MAX_DEPTH = 100
#: Bytes that may pass without a unit or an entry coming to its end (a segment of 16 million
#: characters is not a segment).
MAX_PENDING = 16 << 20


def local_name(name: str) -> str:
    """Return a qualified name without its prefix."""
    return name.rpartition(":")[2]


def entity_text(name: str) -> str:
    """Return the text of an entity that the file uses but does not declare."""
    return html.entities.html5.get(f"{name};", f"&{name};")


def new_parser() -> expat.XMLParserType:
    """Return a parser that takes UTF-8 whatever the file declares and expands nothing external."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def pump(
    path: Path,
    parser: expat.XMLParserType,
    progress: Callable[[], int],
    chunks: Iterator[bytes] | None = None,
) -> Iterator[None]:
    """Feed the file to ``parser``, yielding after every piece so that results can be taken away.

    Args:
        path: the file, as :func:`tmx.xmlsource.utf8_chunks` opens it.
        parser: from :func:`new_parser`, with its handlers set.
        progress: how many units or entries are done so far; while it stands still no more than
            :data:`MAX_PENDING` bytes may pass.
        chunks: the file's text, if it is not to be read as it stands.

    Raises:
        BadInputError: the file is not well formed, or too deep or too large in one place.
    """
    done, pending = progress(), 0
    try:
        for chunk in chunks or utf8_chunks(path):
            parser.Parse(chunk, False)
            pending += len(chunk)
            if progress() != done:
                done, pending = progress(), 0
            elif pending > MAX_PENDING:
                raise BadInputError(
                    f"no unit ends within {MAX_PENDING >> 20} MiB",
                    place=path,
                    line=parser.CurrentLineNumber,
                    cure="the file is damaged or not what its name says",
                )
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadInputError(
            f"is not well-formed XML: {expat.ErrorString(error.code)} (column {error.offset + 1})",
            place=path,
            line=error.lineno,
            cure="repair that line, or read what can be saved with --recover",
        ) from error
    yield
