"""Read TMX 1.1 to 1.4b as a stream of translation units.

expat's events go straight to the element builder of the standard library, C to C; the finished
``tu`` elements are turned into units and thrown away after every piece of the file. This takes 1.1
times what ``iterparse`` alone takes, handlers in Python took 1.7 times (200,000 units,
``scripts/bench_exchange.py``).

Markup inside a segment is kept whatever it is: TMX's own inline elements and foreign ones. A
foreign element keeps its prefix and carries the declaration of that prefix, so that it can be
written anywhere; a prefix the file does not declare stays undeclared (:mod:`tmx.memory_writer`
declares it under :data:`UNBOUND` and this reader takes that declaration off again).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from glossary.errors import BadInputError
from glossary.model import Inline, Memory, TranslationUnit, Variant
from tmx.salvage import SalvageLog, salvaged_chunks
from tmx.xmlstream import MAX_DEPTH, entity_text, new_parser, pump

__all__ = ["UNBOUND", "UnitStream"]

# Attributes of TMX that are read most; others are looked at one by one.
_KNOWN = frozenset(
    "type xml:lang tuid i x creationdate creationid changedate changeid lastusagedate usagecount "
    "creationtool creationtoolversion datatype segtype srclang o-tmf o-encoding lang".split()
)
#: Namespace name under which a prefix that a source file did not declare is declared on writing.
UNBOUND = "urn:tifa:unbound-prefix:"


def _maker(kind: type) -> Callable[..., Any]:
    """Return a constructor that takes all fields of a frozen, slotted class in their order.

    The class's own goes through ``object.__setattr__`` for each field, which takes half as long
    again; reading a large memory makes three such values a unit.
    """
    new = object.__new__
    first, second, third, fourth, fifth = (
        getattr(kind, field.name).__set__ for field in dataclasses.fields(kind)
    )

    def make(one: object, two: object, three: object, four: object, five: object) -> Any:  # noqa: ANN401
        value: Any = new(kind)
        first(value, one)
        second(value, two)
        third(value, three)
        fourth(value, four)
        fifth(value, five)
        return value

    return make


_make_variant: Callable[..., Variant] = _maker(Variant)
_make_unit: Callable[..., TranslationUnit] = _maker(TranslationUnit)


class UnitStream(Iterator[TranslationUnit]):
    """The units of a TMX file, one after the other, in constant memory.

    A ``tu`` without any ``tuv``, which TMX does not allow, is passed over.

    Args:
        path: the file.
        salvage: where what is lost is noted; with it a damaged file is read as far as its units
            are sound (:mod:`tmx.salvage`) instead of raising an error.

    Attributes:
        header: the memory's source language, props, notes and header attributes; no units.
        version: the version that the file claims.

    Raises:
        BadInputError: the file is missing, not XML or not TMX; on creation if that shows before
            the first unit, else where iteration meets it.
    """

    def __init__(self, path: Path, *, salvage: SalvageLog | None = None) -> None:
        reader = _Reader(path)
        chunks = None if salvage is None else salvaged_chunks(path, salvage)
        feed = pump(path, reader.parser, lambda: reader.count, chunks)
        # The last yield of the pump comes after the end of the file.
        for _ in feed:
            if reader.body is not None:
                break
        self.header, self.version = reader.header()
        self._units = reader.units(feed)

    def __iter__(self) -> Iterator[TranslationUnit]:
        """Return an iterator over the units that are left."""
        return self._units

    def __next__(self) -> TranslationUnit:
        """Return the next unit."""
        return next(self._units)


class _Reader:
    """Builds elements and turns them into units."""

    def __init__(self, path: Path) -> None:
        self._path = path
        #: Children of the body that are done with.
        self.count = 0
        self.body: Element | None = None
        self._root: Element | None = None
        # Declared prefixes with their namespace names; one once declared is taken to stay so.
        self._namespaces: dict[str, str] = {}
        self._builder = TreeBuilder()
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._builder.end
        self.parser.CharacterDataHandler = self._builder.data
        self.parser.SkippedEntityHandler = self._skipped_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Watch the start of the file; from the body on the builder is called directly."""
        element = self._builder.start(name, attributes)
        if self._root is None:
            self._root = element
            if name != "tmx":
                raise BadInputError(
                    f"is not a TMX file: its root element is <{name}>",
                    place=self._path,
                    line=self.parser.CurrentLineNumber,
                    cure="tifa validate names the format it is",
                )
        elif name == "body":
            self.body = element
            self.parser.StartElementHandler = self._builder.start

    def header(self) -> tuple[Memory, str]:
        """Return the header, as a memory without units, and the version of the file."""
        if self._root is None:
            raise BadInputError(
                "holds no XML element", place=self._path, cure="is it the right file?"
            )
        version = self._attributes(self._root).get("version", "")
        element = self._root.find("header")
        if element is None:
            return Memory((), ""), version
        attributes = self._attributes(element)
        source_language = attributes.pop("srclang", "")
        props, notes = self._meta(element)
        return Memory((), source_language, props, notes, tuple(attributes.items())), version

    def units(self, feed: Iterator[None]) -> Iterator[TranslationUnit]:
        """Yield the units; those before a fault in the file come before its error is raised."""
        fault: BadInputError | None = None
        more = self.body is not None
        while more and self.body is not None:
            try:
                more = next(feed, self) is not self
            except BadInputError as error:
                fault, more = error, False
            # The last child may not be at its end yet.
            last = len(self.body) - (more or fault is not None)
            finished = self.body[:last]
            del self.body[:last]
            self.count += len(finished)
            self._check_depth(self.body)
            for element in finished:
                if element.tag == "tu" and (unit := self._unit(element)).variants:
                    yield unit
        if fault is not None:
            raise fault

    def _unit(self, element: Element) -> TranslationUnit:
        variants = [self._variant(child) for child in element if child.tag == "tuv"]
        attributes = self._attributes(element)
        tuid = attributes.pop("tuid", "")
        others = tuple(attributes.items()) if attributes else ()
        if len(variants) == len(element):
            return _make_unit(tuple(variants), tuid, (), (), others)
        return _make_unit(tuple(variants), tuid, *self._meta(element), others)

    def _variant(self, element: Element) -> Variant:
        attributes = element.attrib
        language = attributes.get("xml:lang", "")
        others: tuple[tuple[str, str], ...] = ()
        if len(attributes) != 1 or not language:
            attributes = self._attributes(element)
            # Up to TMX 1.2 the attribute was "lang".
            language = attributes.pop("lang", "")
            language = attributes.pop("xml:lang", language)
            others = tuple(attributes.items())
        content: tuple[str | Inline, ...] = ()
        for child in element:
            if child.tag == "seg":
                content = self._content(child, 0)
        if len(element) == 1:
            return _make_variant(language, content, (), (), others)
        return _make_variant(language, content, *self._meta(element), others)

    @staticmethod
    def _meta(element: Element) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """Return the props and the notes of an element."""
        props: list[tuple[str, str]] = []
        notes: list[str] = []
        for child in element:
            if child.tag == "prop":
                text = "".join(child.itertext()) if len(child) else child.text or ""
                props.append((child.get("type", ""), text))
            elif child.tag == "note":
                notes.append("".join(child.itertext()) if len(child) else child.text or "")
        return tuple(props), tuple(notes)

    def _content(self, element: Element, depth: int) -> tuple[str | Inline, ...]:
        """Return text and inline elements in order."""
        if element.attrib:
            self._attributes(element)
        if not len(element):
            return (element.text,) if element.text else ()
        if depth == MAX_DEPTH:
            raise self._too_deep()
        parts: list[str | Inline] = [element.text] if element.text else []
        for child in element:
            content = self._content(child, depth + 1)
            parts.append(Inline(child.tag, self._inline_attributes(child), content))
            if child.tail:
                parts.append(child.tail)
        return tuple(parts)

    def _attributes(self, element: Element) -> dict[str, str]:
        """Return the attributes in order; declarations of namespaces are noted instead."""
        attributes = element.attrib
        # One comparison in C for nearly all elements.
        if attributes.keys() <= _KNOWN:
            return attributes
        for key in [key for key in attributes if key.startswith("xmlns")]:
            self._namespaces[key[6:]] = attributes.pop(key)
        return attributes

    def _inline_attributes(self, element: Element) -> tuple[tuple[str, str], ...]:
        attributes = self._attributes(element)
        prefixes = dict.fromkeys(
            key.partition(":")[0] for key in (element.tag, *attributes) if ":" in key
        )
        prefixes.pop("xml", None)
        for prefix in prefixes:
            uri = self._namespaces.get(prefix, "")
            if uri and not uri.startswith(UNBOUND):
                attributes[f"xmlns:{prefix}"] = uri
        return tuple(attributes.items())

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity and self._root is not None:
            self._builder.data(entity_text(name))

    def _check_depth(self, element: Element) -> None:
        """Refuse a file that only opens elements, before it fills the memory."""
        for _ in range(MAX_DEPTH):
            if not len(element):
                return
            element = element[-1]
        raise self._too_deep()

    def _too_deep(self) -> BadInputError:
        return BadInputError(
            f"elements are nested deeper than {MAX_DEPTH}",
            place=self._path,
            line=self.parser.CurrentLineNumber,
            cure="the file is damaged or not what its name says",
        )
