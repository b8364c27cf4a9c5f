"""Fill XLIFF 1.2 (and 1.0, 1.1): targets, ``alt-trans`` and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from glossary.memory.matching import MemoryMatch
from glossary.memory.repair import Repair
from glossary.memory.spliced import Edit, Element, XmlFile, attribute_edit
from glossary.memory.xliff import Found, Segment, element, insertable, text_of, with_edges

__all__ = ["Xliff12"]

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sub"})
#: States of a target (XLIFF 1.2, 2.3) that still is to be translated.
_UNTRANSLATED = frozenset({"new", "needs-translation"})
_FROM = "tifa"


class Xliff12:
    """Reads ``trans-unit`` elements."""

    unit = "trans-unit"

    def __init__(self, file: XmlFile) -> None:
        self._file = file
        self._without_target_language: dict[int, Element] = {}

    def read(self, element: Element, around: Sequence[Element]) -> _Unit:
        """Return the unit that a ``trans-unit`` is."""
        languages = next(
            (one.attributes for one in reversed(around) if one.local == "file"), dict[str, str]()
        )
        for one in around:
            if one.local == "file" and not one.attributes.get("target-language"):
                self._without_target_language[one.start] = one
        closed = element.attributes.get("approved") == "yes"
        for one in (*around, element):
            closed = {"no": True, "yes": False}.get(one.attributes.get("translate", ""), closed)
        if element.attributes.get("approved") == "yes":
            closed = True
        return _Unit(
            self._file,
            element,
            languages.get("source-language", ""),
            languages.get("target-language", ""),
            closed,
        )

    def language_edits(self, target_language: str) -> list[Edit]:
        """Return the edits that name the target language of files that do not."""
        return [
            attribute_edit(self._file, one, "target-language", target_language)
            for one in self._without_target_language.values()
        ]


@dataclass(slots=True)
class _Unit:
    file: XmlFile
    element: Element
    source_language: str
    target_language: str
    closed: bool
    segments: tuple[Segment, ...] = ()
    _source: Element | None = None
    _target: Element | None = None
    #: ``mrk`` elements of a unit that is segmented.
    _marks: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._source = next(iter(self.element.children("source")), None)
        self._target = next(iter(self.element.children("target")), None)
        if self._source is None or self.closed:
            return
        segmented = next(iter(self.element.children("seg-source")), None)
        if segmented is not None:
            self._marks = [
                one
                for one in segmented.descendants()
                if one.local == "mrk" and one.attributes.get("mtype") == "seg"
            ]
        written = "" if self._target is None else text_of(self._target, frozenset())
        # Empty marks are segments without translation; any other element is one's code.
        inside = [] if self._target is None else list(self._target.descendants())
        is_empty = not written.strip() and all(one.local == "mrk" for one in inside)
        is_blank = is_empty and not inside
        state = "" if self._target is None else self._target.attributes.get("state", "")
        source = text_of(self._source, _CODES)
        is_open = is_empty or state in _UNTRANSLATED or written == source
        self.segments = tuple(
            Segment(
                text_of(one, _CODES),
                bool(self._marks) or any(isinstance(part, Element) for part in one.content),
                is_open,
                is_blank,
            )
            for one in (self._marks or [self._source])
        )

    def edits(self, found: Sequence[Found], target_language: str) -> list[Edit]:
        """Return the edits that put what was found into the unit."""
        assert self._source is not None
        edits: list[Edit] = []
        inserted: list[str] = []
        chosen = insertable(self.segments[0], found[0])
        if chosen is not None:
            target = self._target_text(chosen, self.segments[0])
            if self._target is None:
                inserted.append(target)
            else:
                edits.append(Edit(self._target.start, self._target.end, target))
        known = {
            text_of(one, _CODES)
            for alternative in self.element.children("alt-trans")
            for one in alternative.children("target")
        }
        for number, of_segment in enumerate(found):
            mid = self._marks[number].attributes.get("mid", "") if self._marks else ""
            for match, proposal in of_segment.matches:
                sure = match.similarity.percent == 100
                # A fuzzy match is of no use beside one that fits.
                if match is not chosen and (chosen is None or sure):
                    inserted += self._alternatives(match, proposal, mid, target_language, known)
        inserted += self._note(found)
        if inserted:
            after = self._target or next(iter(self.element.children("seg-source")), self._source)
            space = self.file.indent(self._source.start)
            edits.append(Edit(after.end, after.end, "".join(space + text for text in inserted)))
        return edits

    def _target_text(self, match: MemoryMatch, segment: Segment) -> str:
        prefix = self.element.prefix
        old = self._target.attributes if self._target is not None else {}
        name = self._target.name if self._target is not None else f"{prefix}target"
        kept = [(k, v) for k, v in old.items() if k not in {"state", "state-qualifier"}]
        return element(
            name,
            with_edges(match.entry.target, segment.text),
            [*kept, ("state", "needs-review-translation"), ("state-qualifier", "exact-match")],
        )

    def _alternatives(
        self,
        match: MemoryMatch,
        proposal: Repair | None,
        mid: str,
        target_language: str,
        known: set[str],
    ) -> list[str]:
        """Return the match as ``alt-trans``, and the proposal, those that are not there yet."""
        prefix = self.element.prefix
        entry = match.entry
        texts = [(entry.target, entry.origin or _FROM, "")]
        if proposal is not None:
            changes = "; ".join(f"{change.old} → {change.new}" for change in proposal.changes)
            texts.append((proposal.target, f"{_FROM} proposal", f"proposed: {changes}"))
        found = []
        for text, origin, remark in texts:
            if text in known:
                continue
            known.add(text)
            source = element(f"{prefix}source", entry.source, [("xml:lang", self.source_language)])
            target = element(f"{prefix}target", text, [("xml:lang", target_language)])
            note = element(f"{prefix}note", remark, [("from", _FROM)]) if remark else ""
            found.append(
                element(
                    f"{prefix}alt-trans",
                    source + target + note,
                    [("mid", mid), ("match-quality", f"{match.percent}%"), ("origin", origin)],
                    markup=True,
                )
            )
        return found

    def _note(self, found: Sequence[Found]) -> list[str]:
        lines = dict.fromkeys(
            f"{term.text} = {' | '.join(rendering.text for rendering in term.renderings)}"
            for of_segment in found
            for term in of_segment.terms
        )
        text = "; ".join(lines)
        there = {text_of(one, frozenset()) for one in self.element.children("note")}
        if not text or text in there:
            return []
        name = f"{self.element.prefix}note"
        return [element(name, text, [("from", _FROM), ("annotates", "source")])]
