"""Measure the comparison of two English renditions against a list of differing formulations.

    python scripts/evaluate_comparison.py --gold LIST FIRST.en SECOND.en [--misses]
    python scripts/evaluate_comparison.py --gold LIST --records HARVEST.jsonl [--misses]

LIST is a TSV: a formulation of the first text, one of the second, each perhaps with ``|`` between
forms that count alike. Printed: how many concepts were given, and the share of the pairs that a
concept holds exactly (apart from articles, case, number, hyphens and spelling) and by words (both
sides share at least half of their words of meaning with it, Dice).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from glossary.build.term_harvest import harvest_texts
from glossary.harvest.citation import phrase_key
from glossary.harvest.records import concept_record
from glossary.language.stems import english_stem
from glossary.language.words import is_function_word

Forms = Sequence[str]
Pair = tuple[Forms, Forms]

_ENOUGH = 0.5


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a list; each side as the forms that count alike."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [(fields[0].split("|"), fields[1].split("|")) for fields in rows]


def record_pairs(records: Iterable[dict[str, Any]], first: str) -> list[Pair]:
    """Return each record's formulations in the source ``first`` and in the others."""
    pairs: list[Pair] = []
    for record in records:
        sides: tuple[list[str], list[str]] = ([], [])
        for term in record["terms"]:
            sides[term["source"] != first].append(term["text"])
        pairs.append(sides)
    return pairs


def overlap(left: Forms, right: Forms) -> float:
    """Return the best Dice coefficient of the words of meaning of two sides' forms."""
    return max((_dice(_words(a), _words(b)) for a in left for b in right), default=0.0)


def exact(pair: Pair, found: Pair) -> bool:
    """Whether a concept holds the pair."""
    return all(
        {phrase_key(form) for form in wanted} & {phrase_key(form) for form in given}
        for wanted, given in zip(pair, found, strict=True)
    )


def _words(form: str) -> frozenset[str]:
    words = phrase_key(form).split()
    return frozenset(english_stem(w) for w in words if not is_function_word(w)) or frozenset(words)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / max(1, len(left) + len(right))


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--records", type=Path, help="output of tifa harvest --format jsonl")
    parser.add_argument("--first", help="id of the first source, where records are given")
    parser.add_argument("--misses", action="store_true", help="list the pairs not held exactly")
    options = parser.parse_args()
    if options.records:
        lines = options.records.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
    else:
        records = [concept_record(concept) for concept in harvest_texts(options.texts).concepts]
    sources = sorted({term["source"] for record in records for term in record["terms"]})
    first = options.first or sources[0]
    found = record_pairs(records, first)
    gold = read_pairs(options.gold)
    held = [pair for pair in gold if any(exact(pair, other) for other in found)]
    near = [
        pair
        for pair in gold
        if pair in held
        or any(
            min(overlap(pair[0], other[0]), overlap(pair[1], other[1])) >= _ENOUGH
            for other in found
        )
    ]
    print(
        f"concepts {len(found)}  pairs {len(gold)}  exact {len(held) / max(1, len(gold)):.3f}  "
        f"by words {len(near) / max(1, len(gold)):.3f}"
    )
    if options.misses:
        for pair in gold:
            if pair not in held:
                print("near" if pair in near else "miss", *map("|".join, pair), sep="\t")


if __name__ == "__main__":
    main()
