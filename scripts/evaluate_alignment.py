"""Score the aligner on texts with gold beads.

Folders hold one text a file, one sentence a line (NNN), and gold ladders (NNN.align).

Example:
    python scripts/evaluate_alignment.py --src novels/src --tgt novels/tgt --gold novels/gold
    python scripts/evaluate_alignment.py --src … --tgt … --gold … --omissions
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from fit_alignment import Text, load_text, vary, whole

from glossary import __version__
from glossary.align import Link, Side, align_sentences
from glossary.align.agreement import Agreement, compare
from glossary.align.ladder import Beads
from glossary.encoders import default_encoder
from glossary.language.script import detect_language


def main() -> None:
    """Align every text and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--src", type=Path, required=True, help="folder of source texts")
    parser.add_argument("--tgt", type=Path, required=True, help="folder of target texts")
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold ladders")
    parser.add_argument("--words-only", action="store_true", help="without the sentence encoder")
    parser.add_argument(
        "--omissions",
        action="store_true",
        help="delete blocks of 3–15 beads (15%% of the targets, 8%% of the sources) first",
    )
    parser.add_argument(
        "--foreign",
        type=Path,
        nargs=2,
        metavar=("SRC", "TGT"),
        help="with --omissions: two files from which blocks (10%%) are put in",
    )
    options = parser.parse_args()
    encoder = None if options.words_only else default_encoder()
    total = Agreement()
    kinds: Counter[tuple[str, str]] = Counter()
    confidence: list[tuple[float, bool]] = []
    seconds, sentences = 0.0, 0
    rng = random.Random(7)
    other: Text | None = None
    if options.foreign:
        lines = [path.read_text(encoding="utf-8").splitlines() for path in options.foreign]
        other = (lines[0], lines[1], [])
    for gold_path in sorted(options.gold.glob("*.align")):
        source, target, gold = load_text(options.src, options.tgt, gold_path)
        if options.omissions:
            gold = whole(gold, len(source), len(target))
            source, target, gold = vary(
                (source, target, gold), other, rng, single=0, foreign=0.1 if other else 0
            )
        begin = time.perf_counter()
        links = align_sentences(_side(source), _side(target), encoder=encoder)
        seconds += time.perf_counter() - begin
        sentences += len(source) + len(target)
        found: Beads = [(link.source, link.target) for link in links]
        agreement = compare(found, gold)
        total += agreement
        print(f"{gold_path.stem}\t{_figures(agreement)}")
        _count(kinds, found, gold)
        confidence += _confidence(links, gold)
    print(f"all\t{_figures(total)}")
    print("\nkind\tgold\tfound\tright")
    for kind in sorted({kind for kind, _ in kinds}):
        print(kind, *(kinds[kind, what] for what in ("gold", "found", "right")), sep="\t")
    print("\nscore from\tbeads\tright")
    for threshold in (0.99, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0):
        kept = [right for score, right in confidence if score >= threshold]
        if kept:
            share = len(kept) / len(confidence)
            print(f"{threshold:.2f}\t{share:.3f}\t{sum(kept) / len(kept):.4f}")
    name = encoder.name if encoder else "dictionary"
    print(f"\n{seconds:.1f} s, {sentences / seconds:.0f} sentences/s")
    print(f"tifa:{__version__}|align:{name}|omissions:{'yes' if options.omissions else 'no'}")


def _side(sentences: list[str]) -> Side:
    return Side(sentences, detect_language(" ".join(sentences)) or "en")


def _figures(agreement: Agreement) -> str:
    strict, lax, alone = agreement.strict, agreement.lax, agreement.alone
    return (
        f"strict P {strict.precision:.4f} R {strict.recall:.4f} F1 {strict.f1:.4f}\t"
        f"lax F1 {lax.f1:.4f}\t"
        f"alone P {alone.precision:.3f} R {alone.recall:.3f} ({alone.gold})"
    )


def _count(kinds: Counter[tuple[str, str]], found: Beads, gold: Beads) -> None:
    for what, beads in (("gold", gold), ("found", found), ("right", set(found) & set(gold))):
        for left, right in beads:
            kinds[f"{len(left)}-{len(right)}", what] += 1


def _confidence(links: list[Link], gold: Beads) -> list[tuple[float, bool]]:
    right = set(gold)
    return [
        (link.score, (link.source, link.target) in right)
        for link in links
        if link.source and link.target
    ]


if __name__ == "__main__":
    main()
