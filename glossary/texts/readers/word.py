"""Word (DOCX): paragraphs of the document, its tables, text boxes and notes, as finally worded.

Read straight from the package (ECMA-376 part 1, WordprocessingML), which is XML in a ZIP archive:
tracked insertions belong to the text and deletions do not, which ready-made readers do not tell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from glossary.errors import BadInputError
from glossary.model import SegmentRole
from glossary.texts.clean import clean, tidy
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.xml import parse_xml

__all__ = ["read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The same elements in a file saved as "Strict Open XML".
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# Deleted and moved text, field codes, and what stands twice for older programs.
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK}
_TEXT_OF = {_W + "tab": " ", _W + "noBreakHyphen": "-", _W + "br": "\n", _W + "cr": "\n"}
_HEADING_STYLE = re.compile(r"heading \d|title|subtitle|标题.*|副标题", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"caption|题注", re.IGNORECASE)
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
#: Bytes a part may have when unpacked; the largest books stay below a hundredth of it.
_LARGEST_PART = 1 << 30


def read_word(data: bytes, path: Path) -> list[Paragraph]:
    """Return the paragraphs of a DOCX file; notes stand at the end.

    Raises:
        BadInputError: the file is damaged or encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            document = _part(package, "word/document.xml", path)
            styles = (
                _styles(_part(package, "word/styles.xml", path))
                if "word/styles.xml" in names
                else {}
            )
            notes = [_part(package, name, path) for name in _NOTES if name in names]
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadInputError(
            f"is a damaged or encrypted Word file: {error}", place=path, cure="save it again"
        ) from error
    return [paragraph for root in (document, *notes) for paragraph in _paragraphs(root, styles)]


def _part(package: zipfile.ZipFile, name: str, path: Path) -> etree._Element:
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise BadInputError(f"holds an implausibly large {name}", place=path)
    xml = package.read(name).replace(_STRICT.encode(), _TRANSITIONAL.encode())
    return parse_xml(xml, path)


def _styles(root: etree._Element) -> dict[str, SegmentRole]:
    """Return the roles of the paragraph styles that have one, by style id."""
    roles: dict[str, SegmentRole] = {}
    for style in root.iter(_W + "style"):
        name = style.find(_W + "name")
        label = "" if name is None else str(name.get(_W + "val", ""))
        identifier = str(style.get(_W + "styleId", ""))
        if _HEADING_STYLE.fullmatch(label):
            roles[identifier] = SegmentRole.HEADING
        elif _CAPTION_STYLE.fullmatch(label):
            roles[identifier] = SegmentRole.CAPTION
    return roles


def _paragraphs(root: etree._Element, styles: dict[str, SegmentRole]) -> Iterator[Paragraph]:
    for element in root.iter(_W + "p"):
        if any(above.tag in _SKIPPED for above in element.iterancestors()):
            continue
        style = element.find(f"{_W}pPr/{_W}pStyle")
        role = None if style is None else styles.get(str(style.get(_W + "val", "")))
        for line in "".join(_runs(element)).split("\n"):
            text = tidy(clean(line))
            if text:
                yield Paragraph(text, role)


def _runs(element: etree._Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph, but not those of paragraphs inside it."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == _W + "p":
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _TEXT_OF:
            # A page or column break is no line end.
            yield " " if child.get(_W + "type") else _TEXT_OF[str(child.tag)]
        else:
            yield from _runs(child)
