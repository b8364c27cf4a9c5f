"""The terms of a termbase in running text: the longest wins, none overlap."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary.language.script import HAN, to_simplified
from glossary.language.variants import chinese_key, english_key, plain_lemma
from glossary.language.words import chinese_words, english_words, is_function_word
from glossary.model import AdministrativeStatus, Concept, ConceptKind, ReviewState, Term, is_chinese
from glossary.termbase import Termbase
from glossary.termbase.history import as_of

__all__ = ["LEAST_SCORE", "KnownTerm", "KnownTerms"]

#: Concepts that nobody has reviewed are known from this score on: of what a harvest of the sample
#: finds from there on 91 to 93 % is right (docs/evaluation.md, "Term harvest").
LEAST_SCORE = 0.4

# Terms in real glossaries are shorter; longer ones would be sentences.
_LONGEST_CHINESE = 24
_LONGEST_ENGLISH = 10
#: Up to this length a term must begin and end where the segmenter's words do: 民建 is a party, but
#: not in 人民建议.
_SHORT = 2
#: Marks that may stand inside a term: quotation and title marks, the enumeration comma, the
#: interpunct, blanks. A term reaches across no other.
_INNER = frozenset("“”‘’\"'「」『』《》〈〉、·・ \u3000")
_CLOSED_BY = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
#: A figure, or a Chinese number of any kind: a five-year plan has both.
_FIGURE = re.compile(r"[0-9一二两兩三四五六七八九十百千第双雙]")
_BARRED = {AdministrativeStatus.DEPRECATED, AdministrativeStatus.SUPERSEDED}


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term where it stands in a text.

    Attributes:
        start, end: character offsets ``[start, end)``.
        concept: what it names; as it was on the date asked for.
        renderings: the terms of the other language that may be used, best first.
        others: those that may not: deprecated, superseded, by machines only.
    """

    start: int
    end: int
    text: str
    concept: Concept
    renderings: tuple[Term, ...]
    others: tuple[Term, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether it names one thing: an institution, a document, a person."""
        words = self.renderings[0].text.split() if self.renderings else []
        written = [word for word in words if not is_function_word(word)]
        capitals = bool(written) and all(word[0].isupper() for word in written)
        return self.concept.kind is ConceptKind.NAME or capitals


class KnownTerms:
    """Finds the terms of a termbase that have a rendering which may be used.

    Args:
        termbase: must stay open.
        source: language of the texts; Chinese of either script, or English in any inflection.
        target: language of the renderings.
        date: take concepts as they were on that date.
        least: least score of concepts that nobody has reviewed.
    """

    def __init__(
        self,
        termbase: Termbase,
        source: str,
        target: str,
        *,
        date: str | None = None,
        least: float = LEAST_SCORE,
    ) -> None:
        self._termbase = termbase
        self._chinese = is_chinese(source)
        self._target = target
        self._least = least
        self._date = date
        self._sources = {known.id: known for known in termbase.sources()} if date else {}
        # Segments of one text ask for the same words again and again.
        self._form = functools.lru_cache(maxsize=1 << 16)(self._find_form)
        self._begins = functools.lru_cache(maxsize=1 << 16)(self._find_beginning)
        self._enumerates = functools.lru_cache(maxsize=1 << 12)(self._has_comma)
        self._best = functools.lru_cache(maxsize=1 << 12)(self._find_concept)

    def find(self, text: str) -> tuple[KnownTerm, ...]:
        """Return the known terms of a text, in order."""
        return self._longest(text, self._spans(text))

    def inside(self, term: KnownTerm) -> tuple[KnownTerm, ...]:
        """Return the known terms that stand inside a term found, with places in the same text."""
        size = len(term.text)
        parts = (span for span in self._spans(term.text) if span[1] - span[0] < size)
        return tuple(
            replace(part, start=part.start + term.start, end=part.end + term.start)
            for part in self._longest(term.text, parts)
        )

    def _spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        return self._chinese_spans(text) if self._chinese else self._english_spans(text)

    def _longest(self, text: str, spans: Iterable[tuple[int, int, int]]) -> tuple[KnownTerm, ...]:
        found: list[KnownTerm] = []
        taken = bytearray(len(text))
        for start, end, form in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if any(taken[start:end]):
                continue
            known = self._best(form)
            if known is not None:
                taken[start:end] = b"\1" * (end - start)
                if start and _CLOSED_BY.get(text[start - 1], "\0") in text[start:end]:
                    # “三农”问题: the key has no marks, the reader wants both or none.
                    start -= 1  # noqa: PLW2901
                found.append(KnownTerm(start, end, text[start:end], *known))
        return tuple(sorted(found, key=lambda term: term.start))

    def _chinese_spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        simplified = to_simplified(text)
        edges = {edge for word in chinese_words(simplified) for edge in (word.start, word.end)}
        for start in range(len(text) - 1):
            if not simplified[start].isalnum() or not self._begins(simplified[start : start + 2]):
                continue
            for end in range(start + 1, min(len(text), start + _LONGEST_CHINESE) + 1):
                last = simplified[end - 1]
                if not last.isalnum():
                    if last in _INNER:
                        continue
                    break
                if end - start < 2 or (end - start <= _SHORT and not {start, end} <= edges):
                    continue
                form = self._form(chinese_key(simplified[start:end], simplify=False))
                if form is not None and self._may_be(simplified[start:end], form):
                    yield start, end, form

    def _english_spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        words = [word for word in english_words(text) if word.text[0].isalnum()]
        for first, word in enumerate(words):
            for last in words[first : first + _LONGEST_ENGLISH]:
                if is_function_word(word.text) or is_function_word(last.text):
                    continue
                form = self._form(english_key(text[word.start : last.end], self._lemma))
                if form is not None:
                    yield word.start, last.end, form

    def _lemma(self, word: str) -> str:
        return self._termbase.index.lemma(word) or plain_lemma(word)

    def _may_be(self, text: str, form: int) -> bool:
        """Whether a comma in the text is one of the term: 司法、行政 is not 司法行政."""
        return "、" not in text or self._enumerates(form)

    def _has_comma(self, form: int) -> bool:
        return any("、" in place.text for place in self._termbase.index.places([form]))

    def _find_form(self, key: str) -> int | None:
        forms = self._termbase.index.with_key(key, chinese=self._chinese)
        return forms[0].number if forms else None

    def _find_beginning(self, text: str) -> bool:
        if not _HAN_PAIR.fullmatch(text):
            # Letters, digits and marks may be joined in a key otherwise than in the text.
            return True
        key = chinese_key(text, simplify=False)
        return bool(self._termbase.index.with_prefix(key, chinese=True, limit=1))

    def _find_concept(self, form: int) -> tuple[Concept, tuple[Term, ...], tuple[Term, ...]] | None:
        """Return the concept that a form most likely names, with its renderings."""
        places = self._termbase.index.places([form])
        places.sort(key=lambda place: (-place.authority, -place.count, place.concept))
        for concept in self._termbase.index.concepts([place.concept for place in places]):
            if not self._is_sure(concept):
                continue
            then = as_of(concept, self._sources, self._date) if self._date else concept
            terms = [t for t in then.terms if _same_language(t.language, self._target)]
            usable = tuple(
                term for term in terms if self._may_be_used(term) and _says_no_more(term, then)
            )
            if usable:
                others = tuple(term for term in terms if not self._may_be_used(term))
                return then, usable, others
        return None

    def _is_sure(self, concept: Concept) -> bool:
        if concept.review is ReviewState.UNREVIEWED:
            return concept.score is None or concept.score.value >= self._least
        return concept.review is not ReviewState.REJECTED

    def _may_be_used(self, term: Term) -> bool:
        if term.is_machine_only or term.status in _BARRED:
            return False
        # On a date, what has no status had not begun or has no date.
        return term.status is not None or self._date is None


def _says_no_more(term: Term, concept: Concept) -> bool:
    """Return whether a rendering has no figures that its concept has not: 亿元, "¥297 million"."""
    return not _FIGURE.search(term.text) or bool(_FIGURE.search(concept.head))


def _same_language(first: str, second: str) -> bool:
    """Return whether two tags are of one language, whatever the script and region."""
    if is_chinese(first) or is_chinese(second):
        return is_chinese(first) and is_chinese(second)
    return first.lower().split("-")[0] == second.lower().split("-")[0]
