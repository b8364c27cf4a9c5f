"""Count the multiword units of a Chinese register: glossary/harvest/register.tsv.

    python scripts/build_register.py REPORT.jsonl… -o glossary/harvest/register.tsv

Each JSONL line is one document with a ``content`` field. Written are counts only, no text: of runs
of words that stand in several documents, of single words of two characters ("word"), and of all
words together ("all"). A run's freedom is the smaller of its left and right branching entropies
(Tanaka-Ishii and Jin 2006), in bits: what varies freely on both sides is a "unit", what hardly
does is "bound" into longer ones.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from glossary.files import write_text
from glossary.language.script import HAN
from glossary.language.words import chinese_words

_CLAUSE = re.compile(f"[{HAN}]+")
# Units that begin or end with a function character are fragments of clauses.
_EDGE = re.compile(
    r"^[的地得了着过和与及或而在于对从由向把被将以使让给为是有要能会可应也都就还又很更最再已正所其这那此某每各该等之我你他它她们个一二三四五六七八九十两几多不没]"
    r"|[的地得了着过和与及或而在于对从由向把被将以使让给为是有要能会可应也都就还又很更最再已正所其这那此某每各该等之我你他它她们个二三四五六七八九十两几不没上下中里内外后前时]$"
    r"|^(?:同志|我们|同时|因此|必须|继续|年|月)"
)
_MAX_WORDS = 6
_MAX_CHARACTERS = 14
_MIN_CHARACTERS = 3
# Bits of freedom from which on a run is a unit, and below which it is a part of one.
_FREE = 1.5
_BOUND = 1.0

Row = tuple[str, str, int, int, float]


def count_units(
    texts: Iterable[str], *, documents: int, count: int, bound: int, words: int
) -> list[Row]:
    """Return (unit, kind, count, documents, freedom) of runs and words and of all words together.

    Args:
        texts: the documents.
        documents: in how many of them a run or word has to stand.
        count: how often a run that varies freely has to stand.
        bound: how often one that does not.
        words: how often a single word.
    """
    counts: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    spread: dict[str, set[int]] = defaultdict(set)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        for clause in _CLAUSE.findall(text):
            cut = [word.text for word in chinese_words(clause)]
            singles.update(cut)
            for start in range(len(cut)):
                for end in range(start + 1, min(start + _MAX_WORDS, len(cut)) + 1):
                    unit = "".join(cut[start:end])
                    if len(unit) > _MAX_CHARACTERS:
                        break
                    if len(unit) < _MIN_CHARACTERS and end > start + 1:
                        continue
                    counts[unit] += 1
                    spread[unit].add(number)
                    # A clause boundary is a different neighbour each time: it shows freedom.
                    edge = f"|{counts[unit]}"
                    left[unit][cut[start - 1] if start else edge] += 1
                    right[unit][cut[end] if end < len(cut) else edge] += 1
    rows: list[Row] = [("", "all", singles.total(), 0, 0.0)]
    for unit, number in counts.items():
        if number < count or len(spread[unit]) < documents:
            continue
        free = min(_entropy(left[unit]), _entropy(right[unit]))
        single = singles[unit] == number
        if len(unit) >= _MIN_CHARACTERS and not _EDGE.search(unit):
            if free >= _FREE and number >= count:
                rows.append((unit, "unit", number, len(spread[unit]), free))
            elif free < _BOUND and number >= bound:
                rows.append((unit, "bound", number, len(spread[unit]), free))
        elif len(unit) > 1 and single and number >= words:
            rows.append((unit, "word", number, len(spread[unit]), free))
    return sorted(rows)


def _entropy(neighbours: Counter[str]) -> float:
    total = neighbours.total()
    return -sum(n / total * math.log2(n / total) for n in neighbours.values())


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=3)
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--bound", type=int, default=8)
    parser.add_argument("--words", type=int, default=10)
    options = parser.parse_args()
    texts = [
        json.loads(line)["content"]
        for path in options.files
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    rows = count_units(
        texts,
        documents=options.documents,
        count=options.count,
        bound=options.bound,
        words=options.words,
    )
    lines = [f"{unit}\t{kind}\t{n}\t{spread}\t{free:.2f}" for unit, kind, n, spread, free in rows]
    header = "unit\tkind\tcount\tdocuments\tfreedom"
    write_text(options.output, "\n".join([header, *lines]) + "\n")


if __name__ == "__main__":
    main()
