"""Which format a file is in: by its content where that is certain, else by its suffix."""

from __future__ import annotations

import re
from pathlib import Path

from glossary.errors import BadInputError

__all__ = ["FORMAT_OF_SUFFIX", "detect_format"]

#: Formats by the suffix of their files, in lower case.
FORMAT_OF_SUFFIX = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
}

# Formats that people have and tifa cannot read, with what helps.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file", "save it as .docx"),
    (b"{\\rtf", "a rich text file", "save it as .docx or plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"\x89PNG\r\n\x1a\n", "an image", "read it with OCR first"),
    (b"\xff\xd8\xff", "an image", "read it with OCR first"),
    (b"GIF8", "an image", "read it with OCR first"),
    (b"SQLite format 3\x00", "a database", "name a text"),
)

_ROOT = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE\s+(?P<doctype>\w+)[^>\[]*(?:\[.*?\])?>|\s)*"
    r"(?:<(?:\w+:)?(?P<root>\w+))?",
    re.DOTALL | re.IGNORECASE,
)
_FORMAT_OF_ROOT = {"html": "html", "tmx": "tmx", "xliff": "xliff"}


def detect_format(data: bytes, path: Path) -> str:
    """Return the name of the reader for a file: a value of :data:`FORMAT_OF_SUFFIX`.

    Raises:
        BadInputError: it is in a format that tifa cannot read.
    """
    for magic, name, cure in _FOREIGN:
        if data.startswith(magic):
            raise BadInputError(f"is {name}, which tifa cannot read", place=path, cure=cure)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        # Names of members stand unpacked in the archive, in the directory at its end.
        if b"word/document.xml" in data:
            return "docx"
        raise BadInputError(
            "is a ZIP archive or an office file that tifa cannot read",
            place=path,
            cure="unpack it, or save it as .docx or plain text",
        )
    by_suffix = FORMAT_OF_SUFFIX.get(path.suffix.lower())
    if by_suffix in {"pdf", "docx"}:
        raise BadInputError(
            f"is not a {by_suffix.upper()} file, though its name says so", place=path
        )
    # Markup is ASCII, so that taking out the NULs makes UTF-16 and UTF-32 legible enough here.
    head = data[:4096].replace(b"\x00", b"").decode("ascii", "ignore")
    match = _ROOT.match(head)
    root = match and (match["doctype"] or match["root"])
    by_content = _FORMAT_OF_ROOT.get(root.lower()) if root else None
    return by_content or by_suffix or "plain"
