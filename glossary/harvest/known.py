"""Formulations that are known already: where they stand, and where a rendering of theirs does.

A glossary says which formulations there are and how they have been rendered before. It never adds
what is not in the texts: a known formulation is a candidate only where it stands, and a known
rendering is evidence only where it stands in the bead. That it is absent is evidence of nothing.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from glossary.harvest.candidates_zh import Candidate, Place, normal_form
from glossary.harvest.patterns_zh import chinese_form
from glossary.harvest.word_classes import word_class
from glossary.language.inflected import inflected_words, occurrences
from glossary.language.script import to_simplified
from glossary.language.words import chinese_words
from glossary.model import ConceptKind

__all__ = ["KnownFormulations", "known_stretches", "with_known"]

#: Renderings by the simplified form of the formulation, without quotation and title marks.
KnownFormulations = Mapping[str, Sequence[str]]

# Shorter ones are words: a text has them by chance.
_SHORTEST = 3
# Renderings of so many words are no longer one where a comma stands in them.
_SHORT_PHRASE = 2


def with_known(
    candidates: Sequence[Candidate], texts: Sequence[str], known: KnownFormulations
) -> list[Candidate]:
    """Return candidates with the known formulations among them, as sure of being terms as can be.

    Args:
        candidates: those found by their form.
        texts: the sentences that they were found in.
        known: formulations of less than three characters are passed over.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    longest = max(map(len, known), default=0)
    beginnings = {key[:_SHORTEST] for key in known}
    for number, text in enumerate(texts):
        for key, start, end in _mentions(text, known, beginnings, longest):
            places[key].append(Place(number, start, end))
    sure = [
        dataclasses.replace(
            candidate, unithood=1.0, termhood=max(candidate.termhood, 0.9), known=True
        )
        if candidate.key in places
        else candidate
        for candidate in candidates
    ]
    there = {candidate.key for candidate in candidates}
    return sure + [
        Candidate(
            key,
            _kind(key),
            "known",
            tuple(found),
            1.0,
            0.9,
            chinese_form(chinese_words(key, tags=True)),
            known=True,
        )
        for key, found in places.items()
        if key not in there
    ]


def _kind(key: str) -> ConceptKind:
    governed = any(key.startswith(verb) for verb in word_class("governing") if len(verb) > 1)
    return ConceptKind.PHRASE if governed else ConceptKind.TERM


def _mentions(
    text: str, known: KnownFormulations, beginnings: Collection[str], longest: int
) -> Iterator[tuple[str, int, int]]:
    """Yield each formulation of at most ``longest`` characters in a text, with its place."""
    simplified = to_simplified(text)
    kept = [n for n, character in enumerate(simplified) if normal_form(character)]
    plain = "".join(simplified[n] for n in kept)
    for first in range(len(plain) - _SHORTEST + 1):
        if plain[first : first + _SHORTEST] not in beginnings:
            continue
        for last in range(first + _SHORTEST, min(len(plain), first + longest) + 1):
            if plain[first:last] in known:
                yield plain[first:last], kept[first], kept[last - 1] + 1


def known_stretches(english: str, renderings: Iterable[str]) -> list[tuple[int, int]]:
    """Return where renderings stand in a text, in any inflection: characters ``[start, end)``."""
    words = inflected_words(english)
    lemmas = [word.lemma for word in words]
    found = []
    for rendering in renderings:
        wanted = [word.lemma for word in inflected_words(rendering)]
        places = [
            (words[n].start, words[n + len(wanted) - 1].end) for n in occurrences(lemmas, wanted)
        ]
        # "Data, a factor of production" is no "data factor".
        broken = len(wanted) <= _SHORT_PHRASE and "," not in rendering
        found += [place for place in places if not (broken and "," in english[slice(*place)])]
    return found
