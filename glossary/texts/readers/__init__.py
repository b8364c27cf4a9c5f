"""One reader a format: bytes in, paragraphs out."""

from __future__ import annotations

from collections.abc import Callable

from glossary.texts.clean import clean
from glossary.texts.encodings import decode
from glossary.texts.formats import detect_format
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.plain import read_plain
from glossary.texts.requests import TextRequest

__all__ = ["Paragraph", "read_paragraphs"]


def read_paragraphs(data: bytes, request: TextRequest) -> list[Paragraph]:
    """Return the paragraphs of a file, by the reader for its format.

    Raises:
        BadInputError: the file is empty, damaged or of a format that tifa cannot read.
        MissingExtraError: the format needs an optional part.
    """
    name = detect_format(data, request.path)
    if name in _MARKED_UP:
        return _MARKED_UP[name](data, request)
    text = clean(decode(data, place=request.path, encoding=request.encoding))
    if name == "markdown":
        from glossary.texts.readers.markdown import read_markdown

        return read_markdown(text)
    return read_plain(text)


# Readers of marked-up formats are imported where they are needed: they cost start-up time.


def _html(data: bytes, request: TextRequest) -> list[Paragraph]:
    from glossary.texts.readers.html import read_html

    return read_html(data, request.path, request.encoding)


def _word(data: bytes, request: TextRequest) -> list[Paragraph]:
    from glossary.texts.readers.word import read_word

    return read_word(data, request.path)


def _pdf(data: bytes, request: TextRequest) -> list[Paragraph]:
    from glossary.texts.readers.pdf import read_pdf

    return read_pdf(data, request.path)


def _tmx(data: bytes, request: TextRequest) -> list[Paragraph]:  # noqa: ARG001 - read by path
    from glossary.texts.readers.memory import read_tmx

    return read_tmx(request.path, request.source.language)


def _xliff(data: bytes, request: TextRequest) -> list[Paragraph]:
    from glossary.texts.readers.memory import read_xliff

    return read_xliff(data, request.path, request.source.language)


_MARKED_UP: dict[str, Callable[[bytes, TextRequest], list[Paragraph]]] = {
    "html": _html,
    "docx": _word,
    "pdf": _pdf,
    "tmx": _tmx,
    "xliff": _xliff,
}
