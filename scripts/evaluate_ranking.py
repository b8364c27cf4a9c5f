"""Say what share of the best pairs of a harvest is right, and what share a glossary wants.

    python scripts/evaluate_ranking.py HARVEST.jsonl --judgements TSV [--top N…] [--list]

HARVEST is the output of ``tifa harvest --format jsonl``; a pair is a concept's Chinese with its
preferred rendering. TSV has one judged pair a line under the header ``zh en right worth remark``,
1 or 0 each: right if the rendering is that of the Chinese in the text, whole and no more; worth a
glossary if it is right and its Chinese a term or formulation that a terminologist would have taken,
no fragment and no common word.

Printed for each N: how many of the best N are judged, and the two shares of these. Pairs that are
not judged yet are listed with their ranks, ready to be filled in; with ``--list`` all are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from glossary.harvest.candidates_zh import normal_form
from glossary.model import is_chinese

__all__ = ["preferred_pairs", "read_judgements", "shares"]

Pair = tuple[str, str]
#: Whether a pair is right, and whether it is worth a glossary.
Verdict = tuple[bool, bool]


def read_judgements(path: Path) -> dict[Pair, Verdict]:
    """Return the verdicts by pair."""
    judged = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        chinese, english, right, worth, *_ = line.split("\t")
        judged[chinese, english] = (right == "1", worth == "1")
    return judged


def preferred_pairs(records: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """Return each concept's Chinese, in its normal form, with its preferred rendering."""
    pairs = []
    for record in records:
        english = next(term for term in record["terms"] if not is_chinese(term["language"]))
        pairs.append((normal_form(record["head"]), english["text"]))
    return pairs


def shares(pairs: Sequence[Pair], judged: Mapping[Pair, Verdict]) -> tuple[int, float, float]:
    """Return how many of the pairs are judged, and the shares of these that are right and worth."""
    verdicts = [judged[pair] for pair in pairs if pair in judged]
    size = max(1, len(verdicts))
    right = sum(right for right, _ in verdicts) / size
    return len(verdicts), right, sum(worth for _, worth in verdicts) / size


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("harvest", type=Path)
    parser.add_argument("--judgements", type=Path, required=True)
    parser.add_argument("--top", type=int, nargs="+", default=[40, 100, 200])
    parser.add_argument("--list", action="store_true", help="list the judged pairs as well")
    options = parser.parse_args()
    judged = read_judgements(options.judgements) if options.judgements.exists() else {}
    lines = options.harvest.read_text(encoding="utf-8").splitlines()
    pairs = preferred_pairs(json.loads(line) for line in lines)
    for top in options.top:
        size, right, worth = shares(pairs[:top], judged)
        print(f"best {top:4}: judged {size:4}  right {right:.3f}  worth a glossary {worth:.3f}")
    for rank, pair in enumerate(pairs[: max(options.top)], 1):
        if options.list or pair not in judged:
            verdict = [str(int(item)) for item in judged.get(pair, ())]
            print(rank, *pair, *verdict, sep="\t")


if __name__ == "__main__":
    main()
