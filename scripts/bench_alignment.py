"""Measure how long aligning takes beside encoding every sentence once, over the length of texts.

Encoding and aligning take turns in one process; each is the shortest of its turns, since a busy
machine can only add to them. Texts longer than the files are the files over and over. With
``--quality-plot`` the quality over length is measured as well, on the same texts with one pair of
lines in five joined to the next in one text, and blocks of 3–15 left out of either.

Example:
    python scripts/bench_alignment.py news.zh news.en --lengths 250 1000 4000 --plot speed.svg
    python scripts/bench_alignment.py news.zh news.en --turns 0 --quality-plot quality.svg
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

# Set before numpy is loaded, as the command line does: threads of the linear algebra beside those
# of the encoder would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from gold_texts import Text, vary
from plots import Axis, Line, line_chart

from glossary import __version__
from glossary.align import Link, Side, align_sentences
from glossary.align.agreement import compare
from glossary.align.ladder import Beads
from glossary.align.modes import Mode, choose_encoder
from glossary.encoders import default_encoder
from glossary.language.script import detect_language
from glossary.model import is_chinese

#: For each curve its points, by length.
Curves = dict[str, list[tuple[float, float]]]

# Share of the pairs of lines that are joined with the next in one of the texts.
_JOINED = 0.2
_SEED = 7


def main() -> None:
    """Print a table and draw the curves."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source", type=Path, help="one sentence a line")
    parser.add_argument("target", type=Path, help="its rendition, line by line")
    parser.add_argument("--lengths", type=int, nargs="+", default=[125, 250, 500, 1000, 2000, 4000])
    parser.add_argument("--modes", nargs="+", default=["fast", "best"], help="as of tifa align")
    parser.add_argument("--turns", type=int, default=3, help="how often each is measured; 0: not")
    parser.add_argument(
        "--cpu",
        action="store_true",
        help="count CPU seconds, on a machine that others use too",
    )
    parser.add_argument(
        "--best-until", type=int, default=4000, metavar="N", help="longest texts for mode best"
    )
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw seconds over length there")
    parser.add_argument("--quality-plot", type=Path, metavar="SVG", help="draw strict F1 there")
    options = parser.parse_args()
    sides = _read(options.source), _read(options.target)
    for mode in options.modes:  # Models and dictionaries are loaded before anything is measured.
        _align([_Text(side, 50) for side in sides], mode)
    if options.turns:
        curves = _speed(sides, options)
        if options.plot:
            options.plot.write_text(_speed_chart(curves), encoding="utf-8")
    if options.quality_plot:
        curves = _quality(sides, options)
        options.quality_plot.write_text(_quality_chart(curves), encoding="utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)
    print(f"at most {memory / (1024 if sys.platform == 'darwin' else 1):.0f} MB")
    print(f"tifa:{__version__}|align:{default_encoder().name}|turns:{options.turns}")


def _speed(sides: Sequence[Sequence[str]], options: argparse.Namespace) -> Curves:
    """Return the seconds by length."""
    curves: Curves = {}
    print("sentences a side\tencode once\t", "\t".join(f"{mode}\tratio" for mode in options.modes))
    for length in options.lengths:
        texts = [_Text(side, length) for side in sides]
        turns: dict[str, Callable[[], object]] = {"encode once": partial(_encode, texts)}
        for mode in _affordable(options, length):
            turns[mode] = partial(_align, texts, mode)
        clock = time.process_time if options.cpu else time.perf_counter
        taken = _shortest(turns, options.turns, clock)
        cells = [f"{taken['encode once']:.2f}"]
        for mode in _affordable(options, length):
            cells += [f"{taken[mode]:.2f}", f"{taken[mode] / taken['encode once']:.2f}"]
        print(length, *cells, sep="\t", flush=True)
        for name, seconds in taken.items():
            curves.setdefault(name, []).append((length, seconds))
    return curves


def _affordable(options: argparse.Namespace, length: int) -> list[Mode]:
    return [mode for mode in options.modes if mode != "best" or length <= options.best_until]


def _read(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    chinese = (detect_language(" ".join(lines[:100])) or "en") != "en"
    # Corpora of Chinese come with spaces between the words.
    return [line.replace(" ", "") if chinese else line for line in lines]


class _Text(Side):
    """As many sentences as asked for, from the first on and then over again."""

    def __init__(self, sentences: Sequence[str], length: int) -> None:
        repeated = (list(sentences) * (length // len(sentences) + 1))[:length]
        super().__init__(repeated, detect_language(" ".join(repeated[:100])) or "en")


def _encode(texts: Sequence[Side]) -> None:
    for text in texts:
        default_encoder().encode(text.sentences)


def _align(texts: Sequence[Side], mode: Mode) -> list[Link]:
    return align_sentences(texts[0], texts[1], encoder=choose_encoder(mode, 0))


def _shortest(
    turns: dict[str, Callable[[], object]], count: int, clock: Callable[[], float]
) -> dict[str, float]:
    taken = dict.fromkeys(turns, float("inf"))
    for _ in range(count):
        for name, work in turns.items():
            begin = clock()
            work()
            taken[name] = min(taken[name], clock() - begin)
    return taken


def _quality(sides: Sequence[Sequence[str]], options: argparse.Namespace) -> Curves:
    """Return strict F1 by length, on texts with lines joined and blocks left out."""
    curves: Curves = {}
    print("sentences a side\t", "\t".join(f"strict F1 {mode}" for mode in options.modes))
    for length in options.lengths:
        rng = random.Random(_SEED)
        whole_texts = [_Text(side, length) for side in sides]
        source, target, gold = vary(_joined(whole_texts, rng), None, rng, single=0)
        texts = [
            Side(sentences, one.language)
            for sentences, one in zip((source, target), whole_texts, strict=True)
        ]
        row = []
        for mode in _affordable(options, length):
            links = _align(texts, mode)
            f1 = compare([(link.source, link.target) for link in links], gold).strict.f1
            curves.setdefault(mode, []).append((length, f1))
            row.append(f"{f1:.4f}")
        print(length, *row, sep="\t", flush=True)
    return curves


def _joined(sides: Sequence[Side], rng: random.Random) -> Text:
    """Return two texts, paired line by line, with one pair in five joined to the next in one."""
    texts: tuple[list[str], list[str]] = ([], [])
    beads: Beads = []
    at, size = 0, len(sides[0].sentences)
    while at < size:
        joined = rng.randrange(2) if at + 1 < size and rng.random() < _JOINED else None
        end = at + 1 if joined is None else at + 2
        groups = []
        for number, (side, text) in enumerate(zip(sides, texts, strict=True)):
            first, lines = len(text), side.sentences[at:end]
            between = "" if is_chinese(side.language) else " "
            text.extend([between.join(lines)] if number == joined else lines)
            groups.append(tuple(range(first, len(text))))
        beads.append((groups[0], groups[1]))
        at = end
    return texts[0], texts[1], beads


def _speed_chart(curves: Curves) -> str:
    lengths = [length for length, _ in next(iter(curves.values()))]
    seconds = [second for curve in curves.values() for _, second in curve]
    return line_chart(
        "Seconds to align",
        Axis("sentences a side", lengths, logarithmic=True),
        Axis("seconds", _decades(min(seconds), max(seconds)), logarithmic=True),
        [Line(name, curve) for name, curve in curves.items()],
    )


def _quality_chart(curves: Curves) -> str:
    lengths = [length for length, _ in next(iter(curves.values()))]
    return line_chart(
        "Strict F1 by length",
        Axis("sentences a side", lengths, logarithmic=True),
        Axis("strict F1", [0.8, 0.85, 0.9, 0.95, 1.0]),
        [Line(name, curve) for name, curve in curves.items()],
    )


def _decades(low: float, high: float) -> list[float]:
    ticks = [0.01]
    while ticks[-1] <= low:
        ticks[0] = ticks[-1] * 10
    while ticks[-1] < high:
        ticks.append(ticks[-1] * 10)
    return ticks


if __name__ == "__main__":
    main()
