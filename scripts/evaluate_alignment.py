"""Score the aligner on texts with gold beads, and peers beside it.

Folders hold one text a file, one sentence a line (NNN), and gold ladders (NNN.align). Without gold
ladders, files are given that render each other line by line: each pair of lines, split into
sentences as tifa does, is a bead. Peers are
the algorithms of vecalign and Bertalign over the same sentence vectors, and hunalign where it is
installed.

Example:
    python scripts/evaluate_alignment.py --src novels/src --tgt novels/tgt --gold novels/gold --peer
    python scripts/evaluate_alignment.py --src … --tgt … --gold … --omissions --held-out folds
    python scripts/evaluate_alignment.py --src … --tgt … --gold … --mode fast --moved 15
    python scripts/evaluate_alignment.py --src news.zh --tgt news.en --mode fast
"""

from __future__ import annotations

import argparse
import functools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from bertalign_peer import bertalign
from gold_texts import Text, fold_name, load_text, move_block, paired_lines, vary, whole
from hunalign_peer import hunalign, hunalign_program
from plots import Axis, Line, line_chart
from vecalign_peer import vecalign

from glossary import __version__
from glossary.align import Link, Side, align_sentences
from glossary.align.agreement import Agreement, compare
from glossary.align.ladder import Beads
from glossary.align.modes import Mode, choose_encoder
from glossary.align.moved import with_moved
from glossary.align.weights import load_weights
from glossary.encoders import default_encoder
from glossary.language.script import detect_language

#: Each returns the beads of a source and a target text.
_PEERS: dict[str, Callable[[list[str], list[str]], Beads]] = {
    "vecalign": lambda source, target: vecalign(source, target, default_encoder()),
    "bertalign": lambda source, target: bertalign(source, target, default_encoder()),
    "hunalign": hunalign,
}
_THRESHOLDS = (0.99, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)


@dataclass(slots=True)
class Result:
    """What an aligner made of all texts.

    Attributes:
        kinds: how many beads of each kind were in the gold, found, and right.
        confidence: the score of each bead found, and whether it is right.
    """

    total: Agreement = field(default_factory=Agreement)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    confidence: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0
    sentences: int = 0

    def add(self, align: Callable[[], list[Link]], text: Text) -> Agreement:
        """Align a text and count what is right."""
        begin = time.perf_counter()
        links = align()
        self.seconds += time.perf_counter() - begin
        self.sentences += len(text[0]) + len(text[1])
        found: Beads = [(link.source, link.target) for link in links]
        agreement = compare(found, text[2])
        self.total += agreement
        right = set(found) & set(text[2])
        for what, beads in (("gold", text[2]), ("found", found), ("right", right)):
            self.kinds.update((f"{len(left)}-{len(other)}", what) for left, other in beads)
        self.confidence += (
            (link.score, (link.source, link.target) in right)
            for link in links
            if link.source and link.target
        )
        return agreement

    def above(self, threshold: float) -> tuple[float, float]:
        """Return the share of the beads that score at least so much, and of them the right ones."""
        kept = [right for score, right in self.confidence if score >= threshold]
        share = len(kept) / len(self.confidence) if self.confidence else 0.0
        return share, sum(kept) / len(kept) if kept else 1.0

    def report(self, signature: str) -> None:
        """Print everything."""
        print(f"all\t{_figures(self.total)}")
        print("\nkind\tgold\tfound\tright\tP\tR\tF1")
        for kind in sorted({kind for kind, _ in self.kinds}):
            gold, found, right = (self.kinds[kind, what] for what in ("gold", "found", "right"))
            scores = (right / max(1, found), right / max(1, gold), 2 * right / (gold + found))
            print(kind, gold, found, right, *(f"{score:.3f}" for score in scores), sep="\t")
        if any(score for score, _ in self.confidence):
            print("\nscore from\tbeads\tright")
            for threshold in _THRESHOLDS:
                print(f"{threshold:.2f}\t{{:.3f}}\t{{:.4f}}".format(*self.above(threshold)))
        print(f"\n{self.seconds:.1f} s, {self.sentences / self.seconds:.0f} sentences/s")
        print(signature)


def main() -> None:
    """Align every text and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--src", type=Path, nargs="+", required=True, help="folders (or files) of source texts"
    )
    parser.add_argument(
        "--tgt", type=Path, nargs="+", required=True, help="folders (or files) of target texts"
    )
    parser.add_argument(
        "--gold",
        type=Path,
        nargs="+",
        help="folders of gold ladders; without them --src and --tgt are files, line for line",
    )
    parser.add_argument("--mode", choices=get_args(Mode), default="auto", help="as of tifa align")
    parser.add_argument(
        "--peer",
        nargs="*",
        choices=sorted(_PEERS),
        help="run these peers beside it; all that are installed if none is named",
    )
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
    parser.add_argument(
        "--held-out",
        type=Path,
        metavar="DIR",
        help="align each text with the weights learned without it (fit_alignment.py --held-out)",
    )
    parser.add_argument(
        "--moved",
        type=int,
        metavar="N",
        help="instead: move a block of 3–15 beads by 20 beads, N times with turns of the texts",
    )
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw the calibration there")
    options = parser.parse_args()
    if options.held_out and not options.gold:
        parser.error("--held-out needs --gold")
    if options.moved:
        _find_moved(options)
        return
    ours = Result()
    peers = {peer: Result() for peer in _installed(options.peer)}
    name = "dictionary"
    for gold, text in _texts(options):
        sides = _side(text[0]), _side(text[1])
        encoder = choose_encoder(options.mode, len(text[0]) + len(text[1]))
        name = encoder.name if encoder else name
        align = functools.partial(align_sentences, *sides, encoder=encoder)
        if options.held_out:
            folder = options.held_out / fold_name(gold)
            align = functools.partial(align, weights=functools.partial(load_weights, folder=folder))
        agreement = ours.add(align, text)
        print(f"{gold.stem}\t{_figures(agreement)}")
        for peer, result in peers.items():
            result.add(lambda t=text, p=peer: _links(_PEERS[p](t[0], t[1])), text)  # type: ignore[misc]
    varied = "yes" if options.omissions else "no"
    held_out = "yes" if options.held_out else "no"
    ours.report(
        f"tifa:{__version__}|align:{name}|mode:{options.mode}|omissions:{varied}|"
        f"held-out:{held_out}"
    )
    for peer, result in peers.items():
        print(f"\n{peer}")
        evidence = "cc-cedict" if peer == "hunalign" else default_encoder().name
        result.report(f"tifa:{__version__}|{peer}:{evidence}|omissions:{varied}")
    if options.plot:
        options.plot.write_text(_calibration(ours), encoding="utf-8")


def _find_moved(options: argparse.Namespace) -> None:
    """Print how many beads of moved blocks are found, and how many crossing beads are wrong."""
    rng = random.Random(7)
    texts = [
        (gold, (*text[:2], whole(text[2], *map(len, text[:2])))) for gold, text in _texts(options)
    ]
    found = wrong = beads = 0
    for turn in range(options.moved):
        gold, text = texts[turn % len(texts)]
        (source, target, right), block = move_block(text, rng)
        encoder = choose_encoder(options.mode, len(source) + len(target))
        sides = _side(source), _side(target)
        links = with_moved(*sides, align_sentences(*sides, encoder=encoder), encoder=encoder)
        pairs = [(link.source, link.target) for link in links]
        kept = [bead for bead in block if bead[0] and bead[1]]
        here = sum(bead in kept for bead in pairs)
        moved = {i for source_group, _ in kept for i in source_group}
        astray = sum(bool(moved & set(a) and b) and (a, b) not in right for a, b in pairs)
        print(f"{gold.stem}\t{here} of {len(kept)} found, {astray} wrong", flush=True)
        found, wrong, beads = found + here, wrong + astray, beads + len(kept)
    print(f"all\t{found} of {beads} beads found ({found / max(1, beads):.3f}), {wrong} wrong")
    print(f"tifa:{__version__}|mode:{options.mode}|moved:{options.moved}")


def _texts(options: argparse.Namespace) -> list[tuple[Path, Text]]:
    """Return the texts and their gold ladders, with parts missing and foreign if asked for."""
    rng = random.Random(7)
    other: Text | None = None
    if options.foreign:
        lines = [path.read_text(encoding="utf-8").splitlines() for path in options.foreign]
        other = (lines[0], lines[1], [])
    texts = []
    for gold, text in _as_they_are(options):
        varied = text
        if options.omissions:
            varied = (text[0], text[1], whole(text[2], len(text[0]), len(text[1])))
            varied = vary(varied, other, rng, single=0, foreign=0.1 if other else 0)
        texts.append((gold, varied))
    return texts


def _as_they_are(options: argparse.Namespace) -> Iterator[tuple[Path, Text]]:
    """Yield the texts and their gold ladders, or the files that hold their lines."""
    if not options.gold:
        for source, target in zip(options.src, options.tgt, strict=True):
            yield source, paired_lines(source, target)
        return
    for source, target, folder in zip(options.src, options.tgt, options.gold, strict=True):
        for gold in sorted(folder.glob("*.align")):
            yield gold, load_text(source, target, gold)


def _installed(asked: Sequence[str] | None) -> list[str]:
    """Return the peers to run, and say which cannot be."""
    if asked is None:
        return []
    chosen = list(asked or sorted(_PEERS))
    if "hunalign" in chosen and hunalign_program() is None:
        print("hunalign is not installed (it is looked for on the path) and left out")
        chosen.remove("hunalign")
    return chosen


def _links(beads: Beads) -> list[Link]:
    return [Link(left, right, 0.0) for left, right in beads]


def _side(sentences: list[str]) -> Side:
    return Side(sentences, detect_language(" ".join(sentences)) or "en")


def _figures(agreement: Agreement) -> str:
    strict, lax, alone = agreement.strict, agreement.lax, agreement.alone
    return (
        f"strict P {strict.precision:.4f} R {strict.recall:.4f} F1 {strict.f1:.4f}\t"
        f"lax P {lax.precision:.4f} R {lax.recall:.4f} F1 {lax.f1:.4f}\t"
        f"alone P {alone.precision:.3f} R {alone.recall:.3f} ({alone.gold})"
    )


def _calibration(result: Result) -> str:
    """Draw by threshold how many beads score as much, and how many of those are right."""
    thresholds = [number / 100 for number in range(50, 100, 5)] + [0.97, 0.98, 0.99]
    curves = [(threshold, *result.above(threshold)) for threshold in thresholds]
    return line_chart(
        "Beads above a score",
        Axis("score from which beads are taken as they are", [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]),
        Axis("share", [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        [
            Line("of the beads", [(threshold, share) for threshold, share, _ in curves]),
            Line("right among them", [(threshold, right) for threshold, _, right in curves]),
        ],
    )


if __name__ == "__main__":
    main()
