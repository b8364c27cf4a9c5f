"""Look terms up: the best match first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossary.language.pinyin import marked
from glossary.language.variants import fold
from glossary.lookup.candidates import Candidate, How, candidates
from glossary.lookup.filters import Filters
from glossary.lookup.patterns import Pattern, parse_pattern
from glossary.model import Concept, ReviewState, Source, Term
from glossary.termbase import Termbase
from glossary.termbase.index import TermPlace

__all__ = ["Match", "lookup", "suggest"]

#: Fuzzy finds as little alike as this are worth a "did you mean".
_SUGGESTED = 0.5
_BATCH = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A concept that was found.

    Attributes:
        concept: with the renderings that pass the filters.
        term: the term of the concept by which it was found.
        how: the way it was found.
        similarity: of query and term, in ``[0, 1]``; comparable within one ``how`` only.
        pinyin: the reading of the concept's head, with tone marks; empty if it is not Chinese.
    """

    concept: Concept
    term: Term
    how: How
    similarity: float
    pinyin: str = ""


def lookup(
    termbase: Termbase,
    query: str,
    *,
    limit: int = 10,
    exact: bool = False,
    filters: Filters | None = None,
    as_of: str | None = None,
) -> list[Match]:
    """Return the concepts that a query may mean, the best first.

    The query may be Chinese (simplified or traditional), English in any inflection, pinyin with
    or without tones and spaces, the initials of pinyin, or a pattern with wildcards or between
    slashes (see ``glossary.lookup.patterns``). Matches are ordered by how they were found (see
    ``How``), then by similarity, by the authority of the term that was found and by how often it
    is attested. Fuzzy matches are looked for only if there is nothing surer. Each concept is
    given once, by its best term; one that a reviewer has rejected is not given.

    Args:
        termbase: where to look.
        query: what to look for.
        limit: at most so many concepts.
        exact: only terms that are the query, apart from case and width.
        filters: which renderings count.
        as_of: give concepts as they were on that date, which may be reduced; filters see them so.
    """
    found = candidates(termbase.index, query, exact=exact)
    ranked = _ranked(termbase, query, found, exact=exact)
    return list(itertools.islice(_matches(termbase, ranked, filters or Filters(), as_of), limit))


def suggest(termbase: Termbase, query: str, *, limit: int = 5) -> list[str]:
    """Return terms that a query which found nothing may have meant, the best first."""
    found = candidates(termbase.index, query, least=_SUGGESTED)
    texts = (place.text for _, place in _ranked(termbase, query, found, exact=False))
    return list(itertools.islice(dict.fromkeys(texts), limit))


def _ranked(
    termbase: Termbase, query: str, found: Iterable[Candidate], *, exact: bool
) -> Iterator[tuple[Candidate, TermPlace]]:
    """Yield each concept's best place, the best concepts first.

    A common word stands in thousands of terms: places are read as far as somebody asks for them.
    """
    by_form: dict[int, Candidate] = {}
    for candidate in found:
        known = by_form.get(candidate.form.number)
        if known is None or _order(candidate) < _order(known):
            by_form[candidate.form.number] = candidate
    asked = fold(query.strip())
    pattern = parse_pattern(query)
    seen: set[int] = set()
    for forms in _pages(sorted(by_form.values(), key=_order)):
        for candidate, place in _places(termbase, forms, asked, pattern, exact=exact):
            if place.concept not in seen:
                seen.add(place.concept)
                yield candidate, place


def _pages(ranked: Sequence[Candidate]) -> Iterator[dict[int, Candidate]]:
    """Yield ranked candidates by the number of their form, those of equal rank together."""
    page: dict[int, Candidate] = {}
    for _, equal in itertools.groupby(ranked, key=_order):
        page |= {candidate.form.number: candidate for candidate in equal}
        if len(page) >= _BATCH:
            yield page
            page = {}
    if page:
        yield page


def _places(
    termbase: Termbase,
    forms: Mapping[int, Candidate],
    asked: str,
    pattern: Pattern | None,
    *,
    exact: bool,
) -> list[tuple[Candidate, TermPlace]]:
    """Return where the forms occur, the best places first."""
    places = []
    for place in termbase.index.places(list(forms)):
        candidate = forms[place.form]
        if pattern and not candidate.form.chinese and not pattern.matches(place.text):
            continue  # another inflection of what matches
        if candidate.how is How.VARIANT and fold(place.text) == asked:
            candidate = Candidate(candidate.form, How.EXACT, 1.0)
        elif exact:
            continue
        places.append((candidate, place))
    places.sort(
        key=lambda found: (
            *_order(found[0]),
            -found[1].authority,
            -found[1].count,
            found[1].concept,
            found[1].position,
        )
    )
    return places


def _order(candidate: Candidate) -> tuple[int, float]:
    return candidate.how, -candidate.similarity


def _matches(
    termbase: Termbase,
    ranked: Iterator[tuple[Candidate, TermPlace]],
    filters: Filters,
    date: str | None,
) -> Iterator[Match]:
    """Yield matches, reading concepts a page at a time."""
    dated = filters.need_dates or date is not None
    sources = {source.id: source for source in termbase.sources()} if dated else {}
    while page := list(itertools.islice(ranked, _BATCH)):
        numbers = [place.concept for _, place in page]
        readings = termbase.index.head_readings(numbers)
        for (candidate, place), concept in zip(page, termbase.index.concepts(numbers), strict=True):
            if concept.review is ReviewState.REJECTED:
                continue
            found = concept.terms[place.position]
            then = concept if date is None else _then(concept, sources, date)
            narrowed = filters.apply(then, sources)
            term = None if narrowed is None else _same(found, narrowed)
            if narrowed is None or term is None:
                continue
            reading = readings.get(place.concept)
            yield Match(
                narrowed,
                term,
                candidate.how,
                round(candidate.similarity, 4),
                marked(reading) if reading else "",
            )


def _then(concept: Concept, sources: Mapping[str, Source], date: str) -> Concept:
    # Imported here: few look into the past, and start-up counts.
    from glossary.termbase.history import as_of

    return as_of(concept, sources, date)


def _same(term: Term, concept: Concept) -> Term | None:
    """Return the term of a narrowed concept that is ``term``, if it is left."""
    return next(
        (
            other
            for other in concept.terms
            if (other.text, other.language, other.attestations)
            == (term.text, term.language, term.attestations)
        ),
        None,
    )
