"""Measure how long aligning takes beside encoding every sentence once, over the length of texts.

Encoding and aligning take turns in one process; each is the shortest of its turns, since a busy
machine can only add to them. Texts longer than the files are the files over and over. With gold the
quality of both modes is measured over length as well, on the texts joined to one.

Example:
    python scripts/bench_alignment.py news.zh news.en --lengths 250 1000 4000 --plot speed.svg
    python scripts/bench_alignment.py news.zh news.en --gold novels academic --plot both.svg
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from fit_alignment import Text, load
from plots import Axis, Line, line_chart

from glossary import __version__
from glossary.align import Side, align_sentences
from glossary.align.agreement import compare
from glossary.align.modes import Mode, choose_encoder
from glossary.encoders import default_encoder
from glossary.language.script import detect_language

_GOLD_LENGTHS = (60, 125, 250, 500, 1000, 2000, 4000)


def main() -> None:
    """Print a table and draw the curves."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source", type=Path, help="one sentence a line")
    parser.add_argument("target", type=Path, help="its rendition, line by line")
    parser.add_argument("--lengths", type=int, nargs="+", default=[125, 250, 500, 1000, 2000, 4000])
    parser.add_argument("--modes", nargs="+", default=["fast", "best"], help="as of tifa align")
    parser.add_argument("--turns", type=int, default=3, help="how often each is measured")
    parser.add_argument(
        "--gold", type=Path, nargs="+", default=[], help="folders with src/, tgt/ and gold/"
    )
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw seconds over length there")
    parser.add_argument("--quality-plot", type=Path, metavar="SVG", help="and strict F1 there")
    options = parser.parse_args()
    sides = _read(options.source), _read(options.target)
    curves: dict[str, list[tuple[float, float]]] = {}
    for mode in options.modes:  # Models and dictionaries are loaded before anything is measured.
        _align([_Text(side, 50) for side in sides], mode)
    print("sentences a side\tencode once\t", "\t".join(f"{mode}\tratio" for mode in options.modes))
    for length in options.lengths:
        texts = [_Text(side, length) for side in sides]
        turns: dict[str, Callable[[], object]] = {"encode once": lambda t=texts: _encode(t)}  # type: ignore[misc]
        for mode in options.modes:
            turns[mode] = lambda t=texts, m=mode: _align(t, m)  # type: ignore[misc]
        taken = _shortest(turns, options.turns)
        cells = [f"{taken['encode once']:.2f}"]
        for mode in options.modes:
            cells += [f"{taken[mode]:.2f}", f"{taken[mode] / taken['encode once']:.2f}"]
        print(length, *cells, sep="\t", flush=True)
        for name, seconds in taken.items():
            curves.setdefault(name, []).append((length, seconds))
    if options.plot:
        options.plot.write_text(_speed_chart(curves), encoding="utf-8")
    if options.gold:
        quality = _quality(load(options.gold), options.modes)
        if options.quality_plot:
            options.quality_plot.write_text(_quality_chart(quality), encoding="utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)
    print(f"at most {memory / (1024 if sys.platform == 'darwin' else 1):.0f} MB")
    print(f"tifa:{__version__}|align:{default_encoder().name}|turns:{options.turns}")


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


def _align(texts: Sequence[Side], mode: Mode) -> None:
    align_sentences(texts[0], texts[1], encoder=choose_encoder(mode, 0))


def _shortest(turns: dict[str, Callable[[], object]], count: int) -> dict[str, float]:
    taken = dict.fromkeys(turns, float("inf"))
    for _ in range(count):
        for name, work in turns.items():
            begin = time.perf_counter()
            work()
            taken[name] = min(taken[name], time.perf_counter() - begin)
    return taken


def _quality(texts: Sequence[Text], modes: Sequence[Mode]) -> dict[str, list[tuple[float, float]]]:
    """Return strict F1 by the number of source sentences: texts joined, and cut at a bead's end."""
    source: list[str] = []
    target: list[str] = []
    gold = []
    for one, other, beads in texts:
        gold += [
            (tuple(i + len(source) for i in a), tuple(j + len(target) for j in b)) for a, b in beads
        ]
        source += one
        target += other
    curves: dict[str, list[tuple[float, float]]] = {mode: [] for mode in modes}
    print("source sentences\t", "\t".join(f"strict F1 {mode}" for mode in modes))
    for length in [*(one for one in _GOLD_LENGTHS if one < len(source)), len(source)]:
        kept = [bead for bead in gold if max(bead[0], default=0) < length]
        ends = [max((max(bead[side], default=-1) for bead in kept), default=-1) for side in (0, 1)]
        sides = Side(source[: ends[0] + 1], "zh-Hans"), Side(target[: ends[1] + 1], "en")
        row = []
        for mode in modes:
            links = align_sentences(*sides, encoder=choose_encoder(mode, 0))
            f1 = compare([(link.source, link.target) for link in links], kept).strict.f1
            curves[mode].append((length, f1))
            row.append(f"{f1:.4f}")
        print(length, *row, sep="\t", flush=True)
    return curves


def _speed_chart(curves: dict[str, list[tuple[float, float]]]) -> str:
    lengths = [length for length, _ in next(iter(curves.values()))]
    seconds = [second for curve in curves.values() for _, second in curve]
    return line_chart(
        "Seconds to align",
        Axis("sentences a side", lengths, logarithmic=True),
        Axis("seconds", _decades(min(seconds), max(seconds)), logarithmic=True),
        [Line(name, curve) for name, curve in curves.items()],
    )


def _quality_chart(curves: dict[str, list[tuple[float, float]]]) -> str:
    lengths = [length for length, _ in next(iter(curves.values()))]
    return line_chart(
        "Strict F1 by length",
        Axis("source sentences", lengths, logarithmic=True),
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
