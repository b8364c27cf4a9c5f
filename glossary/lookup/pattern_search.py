"""Find the terms that a pattern matches, by the characters that they must hold.

A pattern is matched against few terms: those with every literal stretch of it, which the index
finds by pairs of characters in Chinese and by trigrams in other languages.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from glossary.language.script import has_han
from glossary.lookup.literals import (
    Stretches,
    regular_expression_literals,
    wildcard_literals,
)
from glossary.lookup.patterns import Pattern
from glossary.termbase.fulltext import all_of, any_of, beginning, token
from glossary.termbase.index import FormIndex
from glossary.termbase.tokens import FORM_END, FORM_START, character_pairs
from glossary.termbase.trigrams import SIZE, solid, trigrams

__all__ = ["matching_texts"]

#: Matches looked for in each language where the index narrows what is read; the best of them are
#: those given. A pattern that matches more is answered from the terms that came first.
_READ = 200
#: So many trigrams of a stretch are asked for; more cost more than they narrow.
_USED = 12

_EDGES = (FORM_START, FORM_END)
#: What keys of Chinese terms keep (glossary.language.variants), with the edges of their tokens.
_KEPT = re.compile(rf"{FORM_START}?(?:[^\W_]|\+)+{FORM_END}?")


def matching_texts(index: FormIndex, pattern: Pattern, limit: int) -> list[tuple[int, str]]:
    """Return forms with a text of theirs that matches, the shortest texts first.

    Args:
        index: the search index of a termbase.
        pattern: what must match a term as it is written, or a Chinese one in simplified script.
        limit: how many forms to return.
    """
    found: dict[int, str] = {}
    for texts in (_chinese_texts(index, pattern), _other_texts(index, pattern)):
        for form, text in texts:
            if len(text) < len(found.get(form, text + " ")):
                found[form] = text
    return heapq.nsmallest(limit, found.items(), key=lambda item: (len(item[1]), item[0]))


def _literals(pattern: Pattern) -> Stretches:
    find = wildcard_literals if pattern.whole else regular_expression_literals
    return find(pattern.query)


def _chinese_texts(index: FormIndex, pattern: Pattern) -> Iterator[tuple[int, str]]:
    """Yield the forms of Chinese terms that match, with what matches."""
    query = _chinese_query(index, _literals(pattern))
    patterns = [pattern]
    if query is None and has_han(pattern.query):
        # Keys are in simplified script: what no key holds may be in the other one.
        patterns.append(pattern.simplified())
        query = _chinese_query(index, _literals(patterns[1]))
    if query is not None:
        texts = index.chinese_texts(query)
        yield from _first(query, (t for t in texts if any(p.matches(t[1]) for p in patterns)))


def _other_texts(index: FormIndex, pattern: Pattern) -> Iterator[tuple[int, str]]:
    """Yield the forms of other terms that match, with what matches."""
    query = _other_query(_literals(pattern))
    texts = index.other_texts(query)
    yield from _first(query, (text for text in texts if pattern.matches(text[1])))


def _first(query: str, matches: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield as many matches as the full-text query makes cheap; all are rarely wanted."""
    return islice(matches, _READ if query else _READ // 2)


def _chinese_query(index: FormIndex, literals: Stretches) -> str | None:
    """Return the full-text query for Chinese forms, empty if all may match; None if none can."""
    groups = []
    for group in literals:
        runs = [_KEPT.findall(stretch) for stretch in group]
        if not all(runs):
            continue
        options = [query for kept in runs if (query := _all_runs(index, kept))]
        if not options:
            return None
        groups.append(any_of(options))
    return all_of(groups) if groups else ""


def _all_runs(index: FormIndex, runs: Iterable[str]) -> str:
    """Return the query for keys with all the runs of characters, empty if there are none."""
    queries = []
    for run in runs:
        pairs = character_pairs(run, edges=False)
        if len(index.token_counts(pairs)) < len(set(pairs)):
            return ""
        queries += [token(pair) for pair in pairs]
        if not pairs:
            # Every character begins a pair, the last one with the edge of its form.
            tokens = index.pairs_from(run)
            if not tokens:
                return ""
            queries.append(any_of(map(token, tokens)) if run.isascii() else beginning(run))
    return all_of(queries)


def _other_query(literals: Stretches) -> str:
    """Return the full-text query for other terms, empty if all may match."""
    for telling in (_all_trigrams, _beginning):
        options = ([telling(solid(stretch)) for stretch in group] for group in literals)
        groups = [any_of(queries) for queries in options if all(queries)]
        if groups:
            return all_of(groups)
    return ""


def _all_trigrams(stretch: str) -> str:
    """Return the query for terms that may hold a stretch, empty if it is too short."""
    return all_of(map(token, trigrams(stretch)[:_USED])) if len(stretch) >= SIZE else ""


def _beginning(stretch: str) -> str:
    """Return the query for terms that may hold a short stretch, empty if most do.

    Every letter begins a trigram, so one begins with the stretch. To put all of those together
    takes long: this is for patterns without a longer stretch.
    """
    telling = len(stretch) > 1 or not stretch.isascii()
    return beginning(stretch[:SIZE]) if telling and stretch not in _EDGES else ""
