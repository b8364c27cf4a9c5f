"""Count the multiword units of a Chinese register: glossary/harvest/register.tsv.

    python scripts/build_register.py REPORT.jsonl… -o glossary/harvest/register.tsv

Each JSONL line is one document with a ``content`` field. Written are runs of two to six words that
stand in several documents and vary freely on both sides: counts only, no text. A run's freedom is
the smaller of its left and right branching entropies (Tanaka-Ishii and Jin 2006), in bits.
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


def count_units(
    texts: Iterable[str], *, documents: int, count: int, freedom: float
) -> list[tuple[str, int, int, float]]:
    """Return (unit, count, documents, freedom) of the units that reach the three minima."""
    counts: Counter[str] = Counter()
    spread: dict[str, set[int]] = defaultdict(set)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(texts):
        for clause in _CLAUSE.findall(text):
            words = [word.text for word in chinese_words(clause)]
            for start in range(len(words)):
                for end in range(start + 1, min(start + _MAX_WORDS, len(words)) + 1):
                    unit = "".join(words[start:end])
                    if len(unit) > _MAX_CHARACTERS:
                        break
                    if len(unit) < _MIN_CHARACTERS:
                        continue
                    counts[unit] += 1
                    spread[unit].add(number)
                    # A clause boundary is a different neighbour each time: it shows freedom.
                    edge = f"|{counts[unit]}"
                    left[unit][words[start - 1] if start else edge] += 1
                    right[unit][words[end] if end < len(words) else edge] += 1
    rows = []
    for unit, number in counts.items():
        if number < count or len(spread[unit]) < documents:
            continue
        free = min(_entropy(left[unit]), _entropy(right[unit]))
        if free >= freedom:
            rows.append((unit, number, len(spread[unit]), free))
    return sorted(row for row in rows if not _EDGE.search(row[0]))


def _entropy(neighbours: Counter[str]) -> float:
    total = neighbours.total()
    return -sum(n / total * math.log2(n / total) for n in neighbours.values())


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=3)
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--freedom", type=float, default=1.0)
    options = parser.parse_args()
    texts = [
        json.loads(line)["content"]
        for path in options.files
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    rows = count_units(
        texts, documents=options.documents, count=options.count, freedom=options.freedom
    )
    lines = [f"{unit}\t{number}\t{spread}\t{free:.2f}" for unit, number, spread, free in rows]
    write_text(options.output, "\n".join(["unit\tcount\tdocuments\tfreedom", *lines]) + "\n")


if __name__ == "__main__":
    main()
