"""Write a document as XLIFF, ready to be filled and translated: one segment a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.memory.xliff import element
from glossary.model import Document, Segment, is_chinese
from tmx.languages import exchange_tag
from tmx.xmltext import attribute

__all__ = ["VERSIONS", "xliff_of"]

#: The versions that can be written; 1.2 is what every CAT tool reads.
VERSIONS = ("1.2", "2.0", "2.1")


def xliff_of(document: Document, target_language: str, *, version: str = "1.2") -> bytes:
    """Return a document as an XLIFF file without targets.

    In version 1.2 each sentence is a ``trans-unit`` and each paragraph a group, in version 2 each
    sentence is a segment and each paragraph a unit. The file holds the text only: it serves for
    translating it, not for making a formatted document of the translation again.

    Args:
        document: what is to be translated.
        target_language: as the file is to have it (``en-US``).
        version: one of :data:`VERSIONS`.
    """
    name, language = document.source.id, exchange_tag(document.language)
    if version == "1.2":
        root = attribute("version", version) + attribute(
            "xmlns", "urn:oasis:names:tc:xliff:document:1.2"
        )
        file = (
            attribute("original", name)
            + attribute("source-language", language)
            + attribute("target-language", target_language)
            + attribute("datatype", "plaintext")
        )
        body = ["<body>", *(line for p in document.paragraphs() for line in _group(p)), "</body>"]
    else:
        root = (
            attribute("version", version)
            + attribute("xmlns", "urn:oasis:names:tc:xliff:document:2.0")
            + attribute("srcLang", language)
            + attribute("trgLang", target_language)
        )
        file = attribute("id", "f1") + attribute("original", name)
        glue = "" if is_chinese(document.language) else " "
        body = [line for paragraph in document.paragraphs() for line in _unit(paragraph, glue)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<xliff{root}>",
        f"<file{file}>",
        *body,
        "</file>",
        "</xliff>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _group(paragraph: Sequence[Segment]) -> Iterator[str]:
    yield f"<group{attribute('id', f'p{paragraph[0].paragraph + 1}')}>"
    for segment in paragraph:
        yield f"<trans-unit{attribute('id', str(segment.index + 1))}>"
        yield "  " + element("source", segment.text)
        yield "</trans-unit>"
    yield "</group>"


def _unit(paragraph: Sequence[Segment], glue: str) -> Iterator[str]:
    yield f"<unit{attribute('id', f'p{paragraph[0].paragraph + 1}')}>"
    for number, segment in enumerate(paragraph):
        if number and glue:
            yield "<ignorable>" + element("source", glue) + "</ignorable>"
        yield f"<segment{attribute('id', f's{segment.index + 1}')}>"
        yield "  " + element("source", segment.text)
        yield "</segment>"
    yield "</unit>"
