"""Check a translation against a termbase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glossary.check.allusions import other_words, pronoun, stands_in_longer_noun, stands_in_series
from glossary.check.findings import Checked, Code, Finding, Report, Usage
from glossary.check.renderings import Found, How, Translation, translation
from glossary.language.inflected import content_stems
from glossary.lookup.known_terms import KnownTerm, KnownTerms
from glossary.model import AdministrativeStatus, Concept, ConceptKind, ReviewState, Term

__all__ = ["check"]

_REASONS = {
    AdministrativeStatus.DEPRECATED: Code.DEPRECATED,
    AdministrativeStatus.SUPERSEDED: Code.SUPERSEDED,
}

#: A term rendered so many segments before is still in the reader's mind. Set by hand.
_NEAR = 3

#: Phrases of so many characters are verbs with an adverb or an object at most.
_LOOSE = 4


@dataclass(slots=True)
class _Record:
    """What the document has done with one concept so far."""

    concept: Concept
    used: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missing: list[int] = field(default_factory=list)


def check(pairs: Iterable[Checked], terms: KnownTerms, *, target_chinese: bool) -> Report:
    """Return the findings on a translation, those about the whole document last.

    Of overlapping terms the longest counts; of a phrase that is put otherwise, the terms inside it.
    Any rendering that may be used passes, inflected, derived or with its words in another order; a
    barred one is a finding only if no such rendering stands in the segment.

    Args:
        pairs: segments with their translations, in the order of the document.
        terms: finds the known terms of a source text.
        target_chinese: whether the translations are in Chinese.
    """
    checker = _Checker(terms, target_chinese)
    checked = tuple(pairs)
    for number, pair in enumerate(checked):
        checker.check_pair(number, pair)
    return Report(checked, (*checker.findings, *checker.document_findings()), checker.usages())


class _Checker:
    def __init__(self, terms: KnownTerms, target_chinese: bool) -> None:
        self._terms = terms
        self._chinese = target_chinese
        self._source = ""
        self._records: dict[str, _Record] = {}
        #: Concepts that each rendering of the document stood for, in the order met.
        self._meanings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.findings: list[Finding] = []

    def check_pair(self, number: int, pair: Checked) -> None:
        """Add the findings on one pair."""
        known = self._terms.find(pair.source)
        if not known:
            return
        if not pair.target.strip():
            first = known[0]
            heads = "、".join(dict.fromkeys(term.text for term in known))
            self._add(Code.UNTRANSLATED, number, first, f"not translated, with {heads}")
            return
        target = translation(pair.target, chinese=self._chinese)
        self._source = pair.source
        seen: set[str] = set()
        for term in known:
            if term.concept.id not in seen:
                seen.add(term.concept.id)
                self._check_term(number, term, target)

    def _check_term(self, number: int, term: KnownTerm, target: Translation) -> None:
        record = self._records.setdefault(term.concept.id, _Record(term.concept))
        best = _best(term.renderings, target)
        if best is not None and best[1].how <= How.DERIVED:
            self._accept(number, term, record, *best)
            return
        # Barred forms count only as they stand: a loose match of theirs proves nothing.
        barred = _best(term.others, target)
        if barred is not None and barred[1].how is How.WHOLE and not _within(best, barred[1]):
            rendering, found = barred
            used = target.text[found.start : found.end]
            record.used[rendering.text].append(number)
            code = (
                _REASONS.get(rendering.status, Code.MACHINE) if rendering.status else Code.MACHINE
            )
            note = f": {rendering.note}" if rendering.note else ""
            self._add(code, number, term, f"“{used}”{note}", found=found, used=used)
        elif best is not None and best[1].how is How.REORDERED:
            self._accept(number, term, record, *best)
        elif term.concept.kind is ConceptKind.PHRASE and (parts := self._terms.inside(term)):
            # "Promote the building of X" may be put in many ways; what counts is X.
            for part in parts:
                self._check_term(number, part, target)
        elif not _is_loose(term):
            self._unrendered(number, term, record, target, best[1] if best else None)

    def _unrendered(
        self, number: int, term: KnownTerm, record: _Record, target: Translation, part: Found | None
    ) -> None:
        """Add the finding on a term without a rendering, a soft one if something stands for it."""
        near = any(number - _NEAR <= n <= number for places in record.used.values() for n in places)
        if part is not None and near and part.heads:
            return  # "the Fund" behind "the Exchange Fund"
        if part is not None and stands_in_series(self._source, term.start, term.end):
            return
        record.missing.append(number)
        if part is not None:
            self._soften(number, term, target, (part.start, part.end), "only")
        elif not self._chinese and (words := other_words(term.text, target.text)):
            self._soften(number, term, target, words, "in other words,")
        elif not self._chinese and near and (word := pronoun(target.text)):
            self._soften(number, term, target, word, "taken up by")
        elif record.used and term.is_name:
            self._add(Code.PARTIAL, number, term, "left out, rendered before")
        elif term.concept.review is ReviewState.UNREVIEWED and stands_in_longer_noun(
            self._source, term.start, term.end
        ):
            self._add(Code.PARTIAL, number, term, "perhaps rendered within a longer expression")
        else:
            self._add(Code.MISSING, number, term, "none of its renderings is there")

    def _soften(
        self, number: int, term: KnownTerm, target: Translation, span: tuple[int, int], how: str
    ) -> None:
        used = target.text[slice(*span)]
        found = Found(*span, How.PART)
        self._add(Code.PARTIAL, number, term, f"{how} “{used}”", found=found, used=used)

    def _accept(
        self, number: int, term: KnownTerm, record: _Record, rendering: Term, found: Found
    ) -> None:
        record.used[rendering.text].append(number)
        if found.how <= How.DERIVED:
            self._meanings[rendering.text].setdefault(term.concept.id, number)

    def _add(
        self,
        code: Code,
        number: int,
        term: KnownTerm,
        message: str,
        *,
        found: Found | None = None,
        used: str = "",
    ) -> None:
        self.findings.append(
            Finding(
                code,
                number,
                term.text,
                term.concept.id,
                f"{term.text}: {message}",
                tuple(rendering.text for rendering in term.renderings),
                used,
                (term.start, term.end),
                (found.start, found.end) if found else None,
            )
        )

    def document_findings(self) -> list[Finding]:
        """Return the findings about the document as a whole."""
        return [*self._inconsistent(), *self._shared()]

    def _inconsistent(self) -> Iterable[Finding]:
        for record in self._records.values():
            used = [item for item in record.used.items() if _is_sure(record.concept, item[0])]
            if not _differ([text for text, _ in used]):
                continue
            shares = "; ".join(f"{text} ({len(places)}×)" for text, places in used)
            yield Finding(
                Code.INCONSISTENT,
                used[1][1][0],
                record.concept.head,
                record.concept.id,
                f"{record.concept.head}: {shares}",
                tuple(text for text, _ in used),
                used[1][0],
                places=tuple(sorted({n for _, places in used for n in places})),
            )

    def _shared(self) -> Iterable[Finding]:
        for rendering, concepts in self._meanings.items():
            if len(concepts) < 2:
                continue
            named = [self._records[id_].concept for id_ in concepts]
            if not all(_is_sure(concept, rendering) for concept in named):
                continue
            heads = [concept.head for concept in named]
            if all(_are_related(heads[0], head) for head in heads[1:]):
                continue
            if all(_prefers(concept, rendering) for concept in named):
                continue  # the termbase itself asks for it
            places = list(concepts.values())
            yield Finding(
                Code.SHARED,
                places[1],
                heads[1],
                list(concepts)[1],
                f"“{rendering}” stands for {' and for '.join(heads)}",
                used=rendering,
                places=tuple(sorted(places)),
            )

    def usages(self) -> tuple[Usage, ...]:
        """Return how each term was rendered, the most frequent terms first."""
        usages = [
            Usage(
                record.concept,
                tuple(
                    sorted(
                        ((text, tuple(places)) for text, places in record.used.items()),
                        key=lambda item: -len(item[1]),
                    )
                ),
                tuple(record.missing),
            )
            for record in self._records.values()
            if record.used or record.missing
        ]
        return tuple(sorted(usages, key=lambda usage: (-usage.count, usage.concept.head)))


def _differ(renderings: Sequence[str]) -> bool:
    """Return whether two renderings are more than the long and the short form of one."""
    contents = [content_stems(text) for text in renderings]
    longest = max(contents, key=len, default=frozenset[str]())
    return not all(other <= longest for other in contents)


def _are_related(first: str, second: str) -> bool:
    """Return whether one Chinese term has all characters of the other: 共青团, 共产主义青年团."""
    shorter, longer = sorted((first, second), key=len)
    return set(shorter) <= set(longer)


def _is_sure(concept: Concept, rendering: str) -> bool:
    """Return whether a rendering is more than what a harvest saw once."""
    if concept.review is not ReviewState.UNREVIEWED or concept.score is None:
        return True
    terms = (term for term in concept.renderings() if term.text == rendering)
    return any(len(term.attestations) > 1 for term in terms)


def _prefers(concept: Concept, rendering: str) -> bool:
    """Return whether a rendering is the first that is to be used for a concept."""
    return any(term.text == rendering for term in concept.renderings()[:1])


def _is_loose(term: KnownTerm) -> bool:
    """Return whether a term is a common verb phrase (完善), which nobody renders alike."""
    return term.concept.kind is ConceptKind.PHRASE and len(term.text) <= _LOOSE


def _within(best: tuple[Term, Found] | None, barred: Found) -> bool:
    """Return whether a rendering that may be used stands, reordered, in the barred one's place.

    "Centralized and unified leadership" is then no other rendering than "centralized, unified
    leadership".
    """
    if best is None or best[1].how is not How.REORDERED:
        return False
    return barred.start <= best[1].start and best[1].end <= barred.end


def _best(renderings: Sequence[Term], target: Translation) -> tuple[Term, Found] | None:
    """Return the rendering that is found most surely, of those the longest, then the best one."""
    found = [(term, place) for term in renderings if (place := target.find(term.text))]
    return min(found, key=lambda item: (item[1].how, -len(item[0].text)), default=None)
