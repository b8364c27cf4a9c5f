"""Files, strings and pre-split sentences to documents."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from glossary.errors import BadInputError
from glossary.language.script import detect_language
from glossary.model import Document, Segment, SegmentRole, Source
from glossary.texts.clean import clean, tidy
from glossary.texts.encodings import decode
from glossary.texts.flow import rejoin
from glossary.texts.readers import read_paragraphs
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.plain import read_plain
from glossary.texts.requests import TextRequest
from glossary.texts.roles import assign_roles, header_length
from glossary.texts.sentences import sentence_spans

__all__ = ["language_mismatch", "make_document", "read_document", "read_sentences"]

#: A text's language is found on this many characters, taken from all over it.
_SAMPLE = 60_000


def read_document(request: TextRequest) -> Document:
    """Read a file of any format tifa knows and return it as a document.

    The document's text is its paragraphs, one a line: what the file says without markup, running
    heads and invisible characters. A paragraph that a caption interrupts stands whole, before the
    caption. Each segment's span is exact: ``document.text[start:end] == segment.text``.

    Raises:
        BadInputError: the file is missing, unreadable, empty, binary, damaged, of an unknown format
            or not in the encoding asked for, or has no text.
        MissingExtraError: the format needs an optional part.
    """
    data = read_bytes(request.path)
    paragraphs = read_paragraphs(data, request)
    return _document(paragraphs, request.source, request.path)


def make_document(text: str, source: Source) -> Document:
    """Return a string of plain text as a document.

    Raises:
        BadInputError: there is no letter in it.
    """
    return _document(read_plain(clean(text)), source, source.id)


def read_sentences(request: TextRequest) -> Document:
    """Read a plain text file that holds one sentence a line.

    Empty lines make no segment, as an aligner has no use for them; ``Segment.paragraph`` is the
    0-based number of the line, so that results can be given by line whether there are any or not.
    All segments are body: whoever split the text has decided what counts.

    Raises:
        BadInputError: as :func:`read_document`.
    """
    data = read_bytes(request.path)
    text = decode(data, place=request.path, encoding=request.encoding)
    # Universal line ends only: other tools do not count lines by form feeds or U+2028.
    lines = io.StringIO(text, newline=None).read().split("\n")
    cleaned = [tidy(clean(line)) for line in lines]
    source = _with_language(request.source, "\n".join(cleaned), request.path)
    parts = [
        (number, [(0, len(line), SegmentRole.BODY)]) for number, line in enumerate(cleaned) if line
    ]
    return _assemble(source, {number: line for number, line in enumerate(cleaned) if line}, parts)


def language_mismatch(document: Document) -> str | None:
    """Return the language that a document seems to be in if it is not the one it is said to be in.

    Scripts of Chinese are not told apart here: a text can quote the other one at length.
    """
    found = detect_language(_sample(document.text))
    if found is None or found[:2] == document.language[:2]:
        return None
    return found


def read_bytes(path: Path) -> bytes:
    """Return what is in a file, or on standard input for ``-``.

    Raises:
        BadInputError: it is not there, or not a file, or cannot be read.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInputError("does not exist", place=path, cure="check the name") from error
    except IsADirectoryError as error:
        raise BadInputError("is a folder, not a text", place=path, cure="name its files") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInputError(f"cannot be read: {reason}", place=path) from error


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    piece = _SAMPLE // 6
    step = (len(text) - piece) // 5
    return "".join(text[start : start + piece] for start in range(0, 5 * step + 1, step))


def _with_language(source: Source, text: str, place: Path | str) -> Source:
    """Return ``source`` with its language, found in ``text`` where it is not known."""
    # A sample may miss the only letters of a long text of numbers; then the whole is looked at.
    found = detect_language(_sample(text)) or detect_language(text)
    if found is None:
        raise BadInputError("has no text: there is no letter in it", place=place)
    if source.language == "zh":
        return replace(source, language=found if found.startswith("zh") else "zh-Hans")
    return source if source.language else replace(source, language=found)


def _document(paragraphs: Sequence[Paragraph], source: Source, place: Path | str) -> Document:
    kept = [paragraph for paragraph in paragraphs if paragraph.text]
    source = _with_language(source, "\n".join(paragraph.text for paragraph in kept), place)
    kept = rejoin(kept, source.language)
    parts: list[tuple[int, list[tuple[int, int, SegmentRole]]]] = []
    roles = assign_roles(kept)
    for index, (paragraph, role) in enumerate(zip(kept, roles, strict=True)):
        parts.append((index, list(_parts(paragraph.text, index, role, source.language))))
    texts = {index: paragraph.text for index, paragraph in enumerate(kept)}
    return _assemble(source, texts, parts)


def _parts(
    text: str, index: int, role: SegmentRole, language: str
) -> Iterator[tuple[int, int, SegmentRole]]:
    """Yield the segments of a paragraph as offsets in it and roles."""
    header = header_length(text, index)
    if header:
        yield 0, len(text[:header].rstrip()), SegmentRole.METADATA
        yield header, len(text), SegmentRole.HEADING
    elif role in {SegmentRole.BODY, SegmentRole.CAPTION}:
        for start, end in sentence_spans(text, language):
            yield start, end, role
    else:
        yield 0, len(text), role


def _assemble(
    source: Source,
    texts: dict[int, str],
    parts: Sequence[tuple[int, Sequence[tuple[int, int, SegmentRole]]]],
) -> Document:
    segments: list[Segment] = []
    offset = 0
    for paragraph, spans in parts:
        text = texts[paragraph]
        for start, end, role in spans:
            segments.append(
                Segment(
                    source_id=source.id,
                    index=len(segments),
                    text=text[start:end],
                    span=(offset + start, offset + end),
                    paragraph=paragraph,
                    role=role,
                )
            )
        offset += len(text) + 1
    return Document(source, "\n".join(texts.values()), tuple(segments))
