"""One reader a format: bytes in, paragraphs out."""

from __future__ import annotations

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
    text = clean(decode(data, place=request.path, encoding=request.encoding))
    detect_format(data, request.path)
    return read_plain(text)
