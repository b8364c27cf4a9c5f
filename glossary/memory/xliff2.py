"""Fill XLIFF 2.x: targets, and its modules Translation Candidates and Glossary.

Candidates are ``mtc:match`` and terms ``gls:glossEntry`` elements of the unit (XLIFF 2.1, 5.1 and
5.2); the namespaces are declared where they are used, so nothing else of the file changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from glossary.memory.matching import MatchKind, MemoryMatch
from glossary.memory.repair import Repair
from glossary.memory.spliced import Edit, Element, XmlFile, attribute_edit
from glossary.memory.xliff import Found, Segment, element, insertable, text_of, with_edges

__all__ = ["Xliff2"]

MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
#: In XLIFF 2 native code stands apart from the text: every inline element is empty or spans text.
_CODES: frozenset[str] = frozenset()
_TYPES = {MatchKind.IN_CONTEXT: "icm", MatchKind.EXACT: "tm", MatchKind.FUZZY: "tm"}
_FROM = "tifa"


class Xliff2:
    """Reads ``unit`` elements."""

    unit = "unit"

    def __init__(self, file: XmlFile) -> None:
        self._file = file
        self._root: Element | None = None

    def read(self, element: Element, around: Sequence[Element]) -> _Unit:
        """Return the unit that a ``unit`` is."""
        root = self._root = around[0]
        closed = False
        for one in (*around, element):
            closed = {"no": True, "yes": False}.get(one.attributes.get("translate", ""), closed)
        return _Unit(
            self._file,
            element,
            root.attributes.get("srcLang", ""),
            root.attributes.get("trgLang", ""),
            closed,
        )

    def language_edits(self, target_language: str) -> list[Edit]:
        """Return the edit that names the target language, which a file with targets must do."""
        if self._root is None or self._root.attributes.get("trgLang"):
            return []
        return [attribute_edit(self._file, self._root, "trgLang", target_language)]


@dataclass(slots=True)
class _Unit:
    file: XmlFile
    element: Element
    source_language: str
    target_language: str
    closed: bool
    segments: tuple[Segment, ...] = ()
    _elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.closed:
            return
        self._elements = [one for one in self.element.children("segment") if one.children("source")]
        self.segments = tuple(self._segment(one) for one in self._elements)

    @staticmethod
    def _segment(one: Element) -> Segment:
        source = one.children("source")[0]
        target = next(iter(one.children("target")), None)
        text = text_of(source, _CODES)
        written = "" if target is None else text_of(target, _CODES)
        is_blank = (
            target is None
            or not target.content
            or not (written.strip() or any(isinstance(part, Element) for part in target.content))
        )
        return Segment(
            text,
            any(isinstance(part, Element) for part in source.content),
            is_blank or written == text or one.attributes.get("state") == "initial",
            is_blank,
        )

    def edits(self, found: Sequence[Found], target_language: str) -> list[Edit]:
        """Return the edits that put what was found into the unit."""
        del target_language  # named once, at the root
        edits: list[Edit] = []
        candidates: list[str] = []
        known = self._known_candidates()
        names = _Names(self.element)
        for one, segment, of_segment in zip(self._elements, self.segments, found, strict=True):
            chosen = insertable(segment, of_segment)
            if chosen is not None:
                edits += self._fill(one, segment, chosen)
            reference = one.attributes.get("id") or names.new("tifa-s")
            written: list[str] = []
            for match, proposal in of_segment.matches:
                sure = match.similarity.percent == 100
                if match is not chosen and (chosen is None or sure):
                    written += self._candidates(match, proposal, f"#{reference}", known, names)
            if written and not one.attributes.get("id"):
                edits.append(attribute_edit(self.file, one, "id", reference))
            candidates += written
        edits += self._module(MATCHES, "mtc", "matches", candidates)
        edits += self._module(GLOSSARY, "gls", "glossary", self._entries(found))
        return edits

    def _fill(self, one: Element, segment: Segment, match: MemoryMatch) -> list[Edit]:
        source = one.children("source")[0]
        target = next(iter(one.children("target")), None)
        text = with_edges(match.entry.target, segment.text)
        edits = [
            attribute_edit(self.file, one, name, value)
            for name, value in (("state", "translated"), ("subState", "tifa:exact-match"))
        ]
        if target is None:
            space = self.file.indent(source.start)
            edits.append(Edit(source.end, source.end, space + element(f"{one.prefix}target", text)))
        else:
            written = element(target.name, text, target.attributes.items())
            edits.append(Edit(target.start, target.end, written))
        return edits

    def _candidates(
        self,
        match: MemoryMatch,
        proposal: Repair | None,
        reference: str,
        known: set[tuple[str, str]],
        names: _Names,
    ) -> list[str]:
        """Return ``mtc:match`` elements for a match and its proposal, unless they are there."""
        prefix = self.element.prefix
        entry = match.entry
        kinds = [(entry.target, entry.origin or _FROM, _TYPES[match.kind])]
        if proposal is not None:
            kinds.append((proposal.target, f"{_FROM} proposal", "am"))
        found = []
        for text, origin, kind in kinds:
            if (reference, text) in known:
                continue
            known.add((reference, text))
            content = element(f"{prefix}source", entry.source) + element(f"{prefix}target", text)
            found.append(
                element(
                    f"{self._prefix(MATCHES, 'mtc')}match",
                    content,
                    [
                        ("id", names.new("tifa-m")),
                        ("type", kind),
                        ("origin", origin),
                        ("similarity", str(match.similarity.percent)),
                        ("matchQuality", str(min(match.percent, 100))),
                        ("ref", reference),
                    ],
                    markup=True,
                )
            )
        return found

    def _known_candidates(self) -> set[tuple[str, str]]:
        there = self._module_element(MATCHES, "matches")
        return {
            (match.attributes.get("ref", ""), text_of(one, _CODES))
            for match in (there.children("match") if there else ())
            for one in match.content
            if isinstance(one, Element) and one.local == "target"
        }

    def _entries(self, found: Sequence[Found]) -> list[str]:
        prefix = self._prefix(GLOSSARY, "gls")
        there = self._module_element(GLOSSARY, "glossary")
        known = {
            text_of(term, _CODES)
            for entry in (there.children("glossEntry") if there else ())
            for term in entry.children("term")
        }
        entries = []
        for term in (term for of_segment in found for term in of_segment.terms):
            if term.text in known:
                continue
            known.add(term.text)
            content = element(f"{prefix}term", term.text)
            content += "".join(
                element(f"{prefix}translation", rendering.text) for rendering in term.renderings
            )
            entries.append(element(f"{prefix}glossEntry", content, markup=True))
        return entries

    def _module_element(self, namespace: str, local: str) -> Element | None:
        return next(
            (
                one
                for one in self.element.content
                if isinstance(one, Element) and one.namespace == namespace and one.local == local
            ),
            None,
        )

    def _prefix(self, namespace: str, usual: str) -> str:
        """Return the prefix of a module: that of the element that is there, else the usual one."""
        local = {MATCHES: "matches", GLOSSARY: "glossary"}[namespace]
        there = self._module_element(namespace, local)
        return there.prefix if there is not None and not there.is_empty_tag else f"{usual}:"

    def _module(self, namespace: str, usual: str, local: str, parts: list[str]) -> list[Edit]:
        """Return the edit that adds parts to a module's element, or adds the element with them."""
        if not parts:
            return []
        there = self._module_element(namespace, local)
        if there is not None and not there.is_empty_tag:
            first = next((one for one in there.content if isinstance(one, Element)), there)
            space = self.file.indent(first.start) if first is not there else ""
            last = max((one.end for one in there.descendants()), default=there.opened)
            return [Edit(last, last, "".join(space + part for part in parts))]
        children = [one for one in self.element.content if isinstance(one, Element)]
        space = self.file.indent(children[0].start)
        inner = space + "  " if space else ""
        text = element(
            f"{usual}:{local}",
            "".join(inner + part for part in parts) + space,
            [(f"xmlns:{usual}", namespace)],
            markup=True,
        )
        if there is not None:
            return [Edit(there.start, there.end, text)]
        return [Edit(self.element.opened, self.element.opened, space + text)]


class _Names:
    """New ids for a unit: none of those that stand in it."""

    def __init__(self, unit: Element) -> None:
        self._taken = {one.attributes.get("id", "") for one in unit.descendants()}

    def new(self, stem: str) -> str:
        """Return ``stem`` with the least number that makes it new."""
        number = 1
        while f"{stem}{number}" in self._taken:
            number += 1
        self._taken.add(f"{stem}{number}")
        return f"{stem}{number}"
