"""XML files that are edited by inserting into them: every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from glossary.errors import BadInputError
from tmx.xmlsource import xml_encoding
from tmx.xmlstream import MAX_DEPTH, entity_text, new_parser
from tmx.xmltext import attribute

__all__ = ["Edit", "Element", "XmlFile", "attribute_edit", "scan"]

_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_INDENT = re.compile(rb"[ \t\r\n]*$")


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes ``[start, end)`` of the UTF-8 text and what takes their place; most insert only."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Element:
    """An element and where it stands in the UTF-8 text.

    Attributes:
        name: as written, with its prefix.
        namespaces: prefixes bound here and above.
        start: of the start tag.
        opened: behind the start tag.
        closing: of the end tag; ``opened`` if the element is an empty tag.
        end: behind the end tag.
        content: text, in any number of pieces, and children in order.
    """

    name: str
    attributes: dict[str, str]
    namespaces: dict[str, str]
    start: int
    opened: int
    closing: int = 0
    end: int = 0
    content: list[str | Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: len(self.name) - len(self.local)]

    @property
    def namespace(self) -> str:
        """The namespace name, empty if the prefix is not bound."""
        return self.namespaces.get(self.prefix.removesuffix(":"), "")

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written ``<name/>``."""
        return self.opened == self.end

    def children(self, local: str = "") -> list[Element]:
        """Return the children in the element's own namespace; those of a name if one is given."""
        return [
            child
            for child in self.content
            if isinstance(child, Element)
            and child.namespace == self.namespace
            and local in {"", child.local}
        ]

    def descendants(self) -> Iterable[Element]:
        """Yield all elements within."""
        for child in self.content:
            if isinstance(child, Element):
                yield child
                yield from child.descendants()


@dataclass(frozen=True, slots=True)
class XmlFile:
    """The text of a file as UTF-8, and how it is turned into the file's bytes again.

    Attributes:
        utf8: without byte order mark.
        mark: the byte order mark.
        encoding: of the bytes that are there.
        inserted: codec of what is inserted; what it lacks becomes a character reference.
    """

    utf8: bytes
    mark: bytes
    encoding: str
    inserted: str

    @classmethod
    def of(cls, data: bytes, place: Path) -> XmlFile:
        """Return the file that these bytes are.

        Raises:
            BadInputError: they are not in the encoding they claim, or in one with states.
        """
        encoding, skip = xml_encoding(data)
        body = data[skip:]
        try:
            text = body.decode(encoding)
            same = text.encode(encoding) == body
        except UnicodeError:
            same = False
            text = ""
        if not same or encoding.startswith(("iso2022", "hz", "utf-7", "utf_7")):
            raise BadInputError(
                f"cannot be read as {encoding} and written again unchanged",
                place=place,
                cure="correct the encoding in its first line, or convert it to UTF-8",
            )
        declared = _DECLARED.match(text)
        inserted = encoding
        if declared and not encoding.startswith(("utf-16", "utf-32")) and encoding != "utf-8":
            inserted = _codec(declared[1]) or encoding
        elif declared and _codec(declared[1]) == "ascii":
            inserted = "ascii"
        return cls(text.encode("utf-8"), data[:skip], encoding, inserted)

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the file's bytes with the edits made; those at one place in the order given."""
        pieces = [self.mark]
        position = 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            pieces.append(self._kept(position, edit.start))
            pieces.append(edit.text.encode(self.inserted, "xmlcharrefreplace"))
            position = edit.end
        pieces.append(self._kept(position, len(self.utf8)))
        return b"".join(pieces)

    def _kept(self, start: int, end: int) -> bytes:
        return self.utf8[start:end].decode("utf-8").encode(self.encoding)

    def indent(self, position: int) -> str:
        """Return the line break and indentation before a position; empty if there is no break."""
        found = _INDENT.search(self.utf8, max(0, position - 1000), position)
        space = found.group().decode() if found else ""
        line = space.rfind("\n")
        if line < 0:
            return ""
        return ("\r" if space[line - 1 : line] == "\r" else "") + space[line:]


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def attribute_edit(file: XmlFile, element: Element, name: str, value: str) -> Edit:
    """Return the edit that gives an element an attribute, in place of one of that name."""
    tag = file.utf8[element.start : element.opened]
    found = re.search(rb"\s" + re.escape(name).encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    text = attribute(name, value)
    if found:
        return Edit(element.start + found.start(), element.start + found.end(), text)
    end = element.opened - (2 if tag.endswith(b"/>") else 1)
    while file.utf8[end - 1 : end].isspace():
        end -= 1
    return Edit(end, end, text)


def scan(
    file: XmlFile,
    place: Path,
    *,
    whole: Callable[[Element], bool],
    visit: Callable[[Element, list[Element]], None],
) -> None:
    """Read a file and hand over the elements that are wanted, each with all that is in it.

    Args:
        file: the file.
        place: its name, for errors.
        whole: whether an element is wanted; asked at its start tag, not asked within another.
        visit: called at its end tag with the element and those around it, the root first; the
            latter have no content.

    Raises:
        BadInputError: it is not well formed, too deep, or an entity of it holds markup.
    """
    reader = _Scanner(file, place, whole, visit)
    try:
        reader.parser.Parse(file.utf8, True)
    except expat.ExpatError as error:
        raise BadInputError(
            f"is not well-formed XML: {expat.ErrorString(error.code)} (column {error.offset + 1})",
            place=place,
            line=error.lineno,
            cure="repair that line, or export the file again",
        ) from error


class _Scanner:
    def __init__(
        self,
        file: XmlFile,
        place: Path,
        whole: Callable[[Element], bool],
        visit: Callable[[Element, list[Element]], None],
    ) -> None:
        self._file, self._place = file, place
        self._whole, self._visit = whole, visit
        self._open: list[Element] = []
        #: How many of the open elements are around the one that is kept whole; -1 if none is.
        self._outside = -1
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.SkippedEntityHandler = self._skipped_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self._file.utf8, start)
        if len(self._open) >= MAX_DEPTH or tag is None or not _begins(tag.group(), name):
            raise BadInputError(
                "has elements in an entity or nested too deep",
                place=self._place,
                line=self.parser.CurrentLineNumber,
                cure="save it from the program that wrote it, without entities",
            )
        namespaces = self._open[-1].namespaces if self._open else {}
        declared = {
            key.partition(":")[2]: value
            for key, value in attributes.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }
        element = Element(name, attributes, {**namespaces, **declared}, start, tag.end())
        if self._outside >= 0:
            self._open[-1].content.append(element)
        elif self._whole(element):
            self._outside = len(self._open)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        tag = self._file.utf8[element.start : element.opened]
        if tag.endswith(b"/>"):
            element.closing = element.end = element.opened
        else:
            element.closing = self.parser.CurrentByteIndex
            end = self._file.utf8.index(b">", element.closing)
            element.end = end + 1
        if self._outside == len(self._open):
            self._outside = -1
            self._visit(element, self._open)

    def _text(self, text: str) -> None:
        if self._outside >= 0:
            self._open[-1].content.append(text)

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity and self._open:
            self._text(entity_text(name))


def _begins(tag: bytes, name: str) -> bool:
    return re.match(rb"<" + re.escape(name.encode()) + rb"[\s/>]", tag) is not None
