"""Read TMX 1.1 to 1.4b as a stream of translation units.

Markup inside a segment is kept whatever it is: TMX's own inline elements and foreign ones. A
foreign element keeps its prefix and carries the declaration of that prefix, so that it can be
written anywhere; a prefix the file does not declare stays undeclared (:mod:`tmx.memory_writer`
declares it under :data:`UNBOUND` and this reader takes that declaration off again).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Inline, Memory, TranslationUnit, Variant
from tmx.xmlstream import MAX_DEPTH, entity_text, new_parser, pump

__all__ = ["UNBOUND", "UnitStream"]

#: Namespace name under which a prefix that a source file did not declare is declared on writing.
UNBOUND = "urn:tifa:unbound-prefix:"

_Pairs = tuple[tuple[str, str], ...]


class UnitStream(Iterator[TranslationUnit]):
    """The units of a TMX file, one after the other, in constant memory.

    A ``tu`` without any ``tuv``, which TMX does not allow, is passed over.

    Attributes:
        header: the memory's source language, props, notes and header attributes; no units.
        version: the version that the file claims.

    Raises:
        BadInputError: the file is missing, not XML or not TMX; on creation if that shows before
            the first unit, else where iteration meets it.
    """

    def __init__(self, path: Path) -> None:
        self._builder = _Builder(path)
        self._pump = pump(path, self._builder.parser, lambda: self._builder.count)
        while self._builder.header is None and next(self._pump, self) is not self:
            pass
        if not self._builder.seen_root:
            raise BadInputError("holds no XML element", place=path, cure="is it the right file?")
        self.header = self._builder.header or Memory((), "")
        self.version = self._builder.version
        self._ready: Iterator[TranslationUnit] = iter(())

    def __iter__(self) -> UnitStream:
        """Return itself."""
        return self

    def __next__(self) -> TranslationUnit:
        """Return the next unit."""
        while True:
            for unit in self._ready:
                return unit
            if self._builder.units:
                self._ready, self._builder.units = iter(self._builder.units), []
            elif next(self._pump, self) is self and not self._builder.units:
                raise StopIteration


class _Builder:
    """expat handlers that build translation units."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.units: list[TranslationUnit] = []
        self.count = 0
        self.header: Memory | None = None
        self.version = ""
        self.seen_root = False
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.SkippedEntityHandler = self._skipped_entity
        self._depth = 0
        # Depth of an element that TMX does not know outside segments; what is in it is ignored.
        self._ignored = 0
        # Declared prefixes with their namespace names, innermost last; seldom any.
        self._namespaces: list[tuple[int, str, str]] = []
        self._text: list[str | Inline] | None = None
        # Open inline elements of the segment: name, attributes, content so far of the parent.
        self._open: list[tuple[str, _Pairs, list[str | Inline]]] = []
        self._owner_is_tuv = False
        self._prop_type = ""
        self._header_attributes: dict[str, str] = {}
        self._tuid = ""
        self._unit_attributes: _Pairs = ()
        self._unit_props: list[tuple[str, str]] = []
        self._unit_notes: list[str] = []
        self._variants: list[Variant] = []
        self._language = ""
        self._variant_attributes: _Pairs = ()
        self._variant_props: list[tuple[str, str]] = []
        self._variant_notes: list[str] = []
        self._content: tuple[str | Inline, ...] = ()

    def _start(self, name: str, flat: list[str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"elements are nested deeper than {MAX_DEPTH}")
        if flat and any(key.startswith("xmlns:") for key in flat[::2]):
            self._namespaces += [
                (self._depth, key[6:], flat[index + 1])
                for index, key in enumerate(flat)
                if index % 2 == 0 and key.startswith("xmlns:")
            ]
        if self._text is not None:
            self._open.append((name, self._inline_attributes(name, flat), self._text))
            self._collect()
        elif self._ignored:
            return
        else:
            self._start_structure(name, flat)

    def _start_structure(self, name: str, flat: list[str]) -> None:
        if name == "seg":
            self._collect()
        elif name == "tuv":
            self._owner_is_tuv = True
            self._start_variant(flat)
        elif name in {"prop", "note"}:
            self._prop_type = _value(flat, "type")
            self._collect()
        elif name == "tu":
            self._owner_is_tuv = False
            self._tuid = ""
            if flat:
                attributes = _attributes(flat)
                self._tuid = attributes.pop("tuid", "")
                self._unit_attributes = tuple(attributes.items())
            else:
                self._unit_attributes = ()
            self._unit_props, self._unit_notes, self._variants = [], [], []
        elif name == "header":
            self._header_attributes = _attributes(flat)
        elif name == "body":
            self._finish_header()
        elif not self.seen_root:
            if name != "tmx":
                raise self._error(
                    f"is not a TMX file: its root element is <{name}>",
                    cure="tifa validate names the format it is",
                )
            self.seen_root = True
            self.version = _value(flat, "version")
        elif self._depth > 1:
            self._ignored = self._depth

    def _start_variant(self, flat: list[str]) -> None:
        self._variant_props, self._variant_notes = [], []
        self._content = ()
        if len(flat) == 2 and flat[0] == "xml:lang":
            self._language, self._variant_attributes = flat[1], ()
            return
        attributes = _attributes(flat)
        # Up to TMX 1.2 the attribute was "lang".
        old = attributes.pop("lang", "")
        self._language = attributes.pop("xml:lang", old)
        self._variant_attributes = tuple(attributes.items())

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._namespaces:
            while self._namespaces and self._namespaces[-1][0] > self._depth:
                self._namespaces.pop()
        if self._text is not None:
            self._end_text(name)
        elif self._ignored:
            if self._depth < self._ignored:
                self._ignored = 0
        elif name == "tuv":
            self._variants.append(
                Variant(
                    self._language,
                    self._content,
                    tuple(self._variant_props),
                    tuple(self._variant_notes),
                    self._variant_attributes,
                )
            )
            self._owner_is_tuv = False
        elif name == "tu" and self._variants:
            self.units.append(
                TranslationUnit(
                    tuple(self._variants),
                    self._tuid,
                    tuple(self._unit_props),
                    tuple(self._unit_notes),
                    self._unit_attributes,
                )
            )
            self.count += 1
        elif name == "header":
            self._finish_header()

    def _end_text(self, name: str) -> None:
        content = self._take()
        if self._open:
            tag, attributes, parent = self._open.pop()
            parent.append(Inline(tag, attributes, content))
            self._collect(parent)
            return
        if name == "seg":
            self._content = content
            return
        text = "".join(part if isinstance(part, str) else _flat(part) for part in content)
        props, notes = (
            (self._variant_props, self._variant_notes)
            if self._owner_is_tuv
            else (self._unit_props, self._unit_notes)
        )
        if name == "prop":
            props.append((self._prop_type, text))
        else:
            notes.append(text)

    def _finish_header(self) -> None:
        if self.header is not None:
            return
        attributes = self._header_attributes
        self.header = Memory(
            (),
            attributes.pop("srclang", ""),
            tuple(self._unit_props),
            tuple(self._unit_notes),
            tuple(attributes.items()),
        )
        self._unit_props, self._unit_notes = [], []

    def _collect(self, into: list[str | Inline] | None = None) -> None:
        """Let expat append text straight to a list, without a Python call in between."""
        self._text = [] if into is None else into
        self.parser.CharacterDataHandler = self._text.append

    def _take(self) -> tuple[str | Inline, ...]:
        """Return what was collected, adjacent texts joined, and stop collecting."""
        parts, self._text = self._text or [], None
        self.parser.CharacterDataHandler = None
        if len(parts) <= 1:
            return tuple(parts)
        joined: list[str | Inline] = []
        for part in parts:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            else:
                joined.append(part)
        return tuple(joined)

    def _inline_attributes(self, name: str, flat: list[str]) -> _Pairs:
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        if ":" not in name and not any(":" in key for key in flat[::2]):
            return tuple(pair for pair in pairs if pair[0] != "xmlns")
        pairs = [pair for pair in pairs if not pair[0].startswith("xmlns")]
        prefixes = dict.fromkeys(
            key.partition(":")[0] for key in (name, *(key for key, _ in pairs)) if ":" in key
        )
        prefixes.pop("xml", None)
        for prefix in prefixes:
            bound = next((uri for _, p, uri in reversed(self._namespaces) if p == prefix), "")
            if bound and not bound.startswith(UNBOUND):
                pairs.append((f"xmlns:{prefix}", bound))
        return tuple(pairs)

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity and self._text is not None:
            self._text.append(entity_text(name))

    def _error(self, what: str, cure: str | None = None) -> BadInputError:
        return BadInputError(
            what,
            place=self.path,
            line=self.parser.CurrentLineNumber,
            cure=cure or "the file is damaged or not what its name says",
        )


def _value(flat: list[str], key: str) -> str:
    for index in range(0, len(flat), 2):
        if flat[index] == key:
            return flat[index + 1]
    return ""


def _attributes(flat: list[str]) -> dict[str, str]:
    """Return the attributes in order, without declarations of namespaces."""
    return {
        key: flat[index + 1]
        for index, key in enumerate(flat)
        if index % 2 == 0 and not key.startswith("xmlns")
    }


def _flat(inline: Inline) -> str:
    return "".join(part if isinstance(part, str) else _flat(part) for part in inline.content)
