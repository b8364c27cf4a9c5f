"""Terms that what somebody has begun to type may become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossary.language.pinyin import typed
from glossary.language.script import has_han
from glossary.language.variants import chinese_key, english_key, fold
from glossary.model import Concept
from glossary.termbase import Termbase
from glossary.termbase.index import Form

__all__ = ["Suggestion", "suggestions"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term and what it is in the other language, best rendering or head; perhaps empty."""

    text: str
    counterpart: str


def suggestions(termbase: Termbase, text: str, *, limit: int = 12) -> list[Suggestion]:
    """Return terms that begin with a text, in either script, or whose reading or initials do.

    Args:
        termbase: whose terms are suggested.
        text: Chinese, English or pinyin; white space around it does not count.
        limit: at most so many, the shortest first.
    """
    text = text.strip()
    if not text:
        return []
    index = termbase.index
    found: dict[str, int] = {}
    for form in _forms(termbase, text, limit):
        for place in index.places([form.number]):
            if form.chinese or fold(place.text).startswith(fold(text)):
                found.setdefault(place.text, place.concept)
        if len(found) >= limit:
            break
    kept = dict(list(found.items())[:limit])
    numbers = sorted(set(kept.values()))
    concepts = dict(zip(numbers, index.concepts(numbers), strict=True)) if numbers else {}
    return [
        Suggestion(term, _counterpart(term, concepts[concept])) for term, concept in kept.items()
    ]


def _forms(termbase: Termbase, text: str, limit: int) -> Iterator[Form]:
    index = termbase.index
    if has_han(text):
        yield from index.with_prefix(chinese_key(text), chinese=True, limit=limit)
        return
    # The last word may not be whole, so that its lemma cannot be told yet.
    for key in dict.fromkeys((fold(text), english_key(text))):
        yield from index.with_prefix(key, chinese=False, limit=limit)
    reading = typed(text)
    if reading is not None:
        yield from index.with_initials(reading[0], limit=limit)
        yield from index.with_letters_prefix(reading[0], limit=limit)


def _counterpart(term: str, concept: Concept) -> str:
    if any(term == chinese.text for chinese in concept.chinese()):
        return concept.renderings()[0].text if concept.renderings() else ""
    return concept.head
