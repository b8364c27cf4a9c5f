"""Measure word alignment: precision, recall and alignment error rate (Och and Ney 2003).

    python scripts/evaluate_words.py --text F.src-tgt --gold F.gold [--links OUT] [--plain]

TEXT has ``chinese words ||| english words`` a line, GOLD ``i-j`` (sure) and ``ipj`` (possible)
links, 1-based. OUT gets the links found, one line a sentence, ``i-j``, 1-based. The token-level
encoder is asked where it is installed, unless ``--plain`` leaves it out.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from glossary.encoders import default_encoder, e5_available, token_encoder
from glossary.files import write_text
from glossary.harvest.wordlinks import link_sentences

_LINK = re.compile(r"(\d+)([-p])(\d+)")


def error_rate(
    found: Sequence[set[tuple[int, int]]],
    sure: Sequence[set[tuple[int, int]]],
    possible: Sequence[set[tuple[int, int]]],
) -> tuple[float, float, float]:
    """Return (precision, recall, alignment error rate); possible links include the sure ones."""
    in_sure = sum(len(a & s) for a, s in zip(found, sure, strict=True))
    in_possible = sum(len(a & p) for a, p in zip(found, possible, strict=True))
    proposed = sum(map(len, found))
    wanted = sum(map(len, sure))
    precision = in_possible / proposed if proposed else 0.0
    recall = in_sure / wanted if wanted else 0.0
    total = proposed + wanted
    return precision, recall, 1 - (in_sure + in_possible) / total if total else 0.0


def read_gold(path: Path) -> tuple[list[set[tuple[int, int]]], list[set[tuple[int, int]]]]:
    """Return the sure and the possible links (with the sure ones) of each line, 1-based."""
    sure, possible = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        links = _LINK.findall(line)
        sure.append({(int(i), int(j)) for i, mark, j in links if mark == "-"})
        possible.append({(int(i), int(j)) for i, _, j in links})
    return sure, possible


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--links", type=Path)
    parser.add_argument("--plain", action="store_true", help="the sentence encoder alone")
    options = parser.parse_args()
    pairs = []
    for line in options.text.read_text(encoding="utf-8").splitlines():
        chinese, _, english = line.partition("|||")
        pairs.append((chinese.split(), english.split()))
    start = time.perf_counter()
    tokens = None if options.plain or not e5_available() else token_encoder()
    found = link_sentences(pairs, default_encoder(), tokens=tokens)
    seconds = time.perf_counter() - start
    one_based = [{(i + 1, j + 1) for i, j in links} for links in found]
    sure, possible = read_gold(options.gold)
    precision, recall, rate = error_rate(one_based, sure, possible)
    print(f"sentences {len(pairs)}  P {precision:.3f}  R {recall:.3f}  AER {rate:.3f}")
    print(f"{seconds:.1f} s", file=sys.stderr)
    if options.links:
        lines = (" ".join(f"{i}-{j}" for i, j in sorted(links)) for links in one_based)
        write_text(options.links, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
