#!/usr/bin/env python3
"""Say how well lookup understands queries with slips: wrong characters, letters, order, spaces.

    python scripts/evaluate_lookup.py --queries TSV|--random N [--termbase FILE] [--misses]

TSV has one query a line under the header ``kind query heads``; ``heads`` are the Chinese heads of
the concepts that are meant, any of which counts, separated by ``|``. With
``--random`` terms of the termbase get slips by chance instead, the same ones in every run; meant is
every concept with the term. Asked is a termbase, by default the core glossary.

Printed, for each kind of slip and for all: how many queries there are, the share of which the first
concept found is meant, the share of which one of the first ten is, and the mean reciprocal rank (0
for a query that finds none among ten).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench_lookup import SEED, slip

from glossary.language.pinyin import letters, numbered, readings
from glossary.language.variants import fold
from glossary.lookup import lookup
from glossary.termbase import Termbase
from glossary.termbase.core import open_core


@dataclass(frozen=True, slots=True)
class Query:
    """A query, the kind of slip in it, and the heads of the concepts that it may mean."""

    kind: str
    text: str
    heads: frozenset[str]


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a TSV file."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [Query(kind, text, frozenset(heads.split("|"))) for kind, text, heads in rows]


def random_queries(base: Termbase, count: int) -> list[Query]:
    """Return queries of each kind for concepts drawn by chance."""
    chance = random.Random(SEED)
    concepts = list(base.concepts())
    heads = defaultdict(set)
    for concept in concepts:
        for term in concept.terms:
            heads[fold(term.text)].add(concept.head)
    alike = defaultdict(list)
    for character in sorted({letter for concept in concepts for letter in concept.head}):
        for sound in readings(character):
            alike[sound].append(character)
    queries = []
    for concept in chance.sample(concepts, min(count, len(concepts))):
        head, english = concept.head, concept.renderings()[0].text
        reading = letters(numbered(head))
        texts = {
            "homophone": (head, _homophone(head, alike, chance)),
            "wrong character": (head, _replaced(head, sorted(alike["yi"]), chance)),
            "missing character": (head, _without_one(head, chance) if len(head) > 3 else ""),
            "swapped characters": (head, _swapped(head, chance) if len(head) > 3 else ""),
            "pinyin, one slip": (head, slip(reading, chance) if len(reading) > 8 else ""),
            "English, one slip": (english, slip(english, chance)),
            "English, two slips": (
                english,
                slip(slip(english, chance), chance) if len(english) > 12 else "",
            ),
        }
        queries += [
            Query(kind, text, frozenset(heads[fold(meant)]))
            for kind, (meant, text) in texts.items()
            if text and fold(text) not in heads
        ]
    return sorted(queries, key=lambda query: query.kind)


def _homophone(text: str, alike: Mapping[str, list[str]], chance: random.Random) -> str:
    place = chance.randrange(len(text))
    sounds = [alike[sound] for sound in sorted(readings(text[place]))[:1]]
    others = [c for same in sounds for c in same if c != text[place]]
    return text[:place] + chance.choice(others) + text[place + 1 :] if others else ""


def _replaced(text: str, others: list[str], chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(others) + text[place + 1 :] if len(text) > 2 else ""


def _without_one(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + text[place + 1 :]


def _swapped(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def ranks(base: Termbase, queries: list[Query]) -> Iterator[tuple[Query, int | None, list[str]]]:
    """Yield each query with the rank of the first concept that it means, and the heads found."""
    for query in queries:
        heads = [match.concept.head for match in lookup(base, query.text)]
        meant = (rank for rank, head in enumerate(heads, 1) if head in query.heads)
        yield query, next(meant, None), heads


def mean_reciprocal_rank(found: list[int | None]) -> float:
    """Return the mean of 1 by rank, 0 for what was not found."""
    return sum(1 / rank for rank in found if rank) / len(found)


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--queries", type=Path)
    asked.add_argument("--random", type=int, metavar="N", help="concepts to draw")
    parser.add_argument("--termbase", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is not found first")
    options = parser.parse_args()
    by_kind: dict[str, list[int | None]] = defaultdict(list)
    opened = Termbase.open(options.termbase, readonly=True) if options.termbase else open_core()
    with opened as base:
        queries = (
            read_queries(options.queries)
            if options.queries
            else random_queries(base, options.random)
        )
        for query, rank, heads in ranks(base, queries):
            by_kind[query.kind].append(rank)
            if options.misses and rank != 1:
                print(query.kind, query.text, "|".join(query.heads), rank, heads[:3], sep="\t")
    everything = [rank for found in by_kind.values() for rank in found]
    print(f"{'kind':<24}{'n':>5}{'first':>8}{'in ten':>8}{'MRR':>7}")
    for kind, found in (*by_kind.items(), ("all", everything)):
        first = sum(rank == 1 for rank in found) / len(found)
        ten = sum(rank is not None for rank in found) / len(found)
        mean = mean_reciprocal_rank(found)
        print(f"{kind:<24}{len(found):>5}{first:>8.1%}{ten:>8.1%}{mean:>7.3f}")


if __name__ == "__main__":
    main()
