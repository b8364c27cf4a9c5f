"""Measure a corpus harvest beside eflomal with phrase counting: time, memory and quality.

    python scripts/bench_corpus.py assemble CORPUS… --pairs N -o FILE.tmx
    python scripts/bench_corpus.py compare FILE.tmx [--gold LIST] [--eflomal eflomal-align]
    python scripts/bench_corpus.py compare FILE.tmx --no-peer

``assemble`` writes a memory of N pairs: those of the corpora (TMX, or folders with NAME.zh.txt and
NAME.en.txt) in order, then pairs joined at random from two of them, so that counts grow as in a
large corpus of one field while every side keeps its rendition. ``compare`` runs ``tifa harvest
--corpus`` and ``scripts/eflomal_peer.py`` one after the other, each in a process of its own, and
prints what each took; with a gold list (as ``scripts/evaluate_harvest.py`` reads it) also the
recall of its pairs among as many pairs of both lists, best first.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluate_harvest import Found, Pairs, found_pairs, occurring, read_gold

from glossary.build.corpus import default_jobs
from glossary.build.corpus.reading import read_corpus
from glossary.model import Memory, TranslationUnit, Variant
from tmx import tmx14

#: How many pairs of each list are compared with the gold list.
_SIZES = (1000, 2000, 4000, 8000)


def assembled(corpora: Sequence[Path], pairs: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield ``pairs`` pairs of texts: those of the corpora, then random joins of two of these."""
    real = [
        ("".join(text for _, text in pair.chinese), " ".join(text for _, text in pair.english))
        for corpus in corpora
        for chunk in read_corpus(corpus)
        for pair in chunk.pairs
    ]
    yield from real[:pairs]
    chance = random.Random(seed)
    for _ in range(pairs - len(real)):
        (zh, en), (zh_after, en_after) = chance.choice(real), chance.choice(real)
        yield f"{zh}{zh_after}", f"{en} {en_after}"


def measured(command: Sequence[str], output: Path | None) -> tuple[float, float, float]:
    """Run a command; return its wall seconds, CPU seconds and peak memory in MB.

    CPU seconds and memory are those of the process and its children together; what processes share
    counts once. Where there is no ``/proc`` the memory is that of the largest process.
    """
    start = time.perf_counter()
    process = os.fork()
    if not process:
        if output:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.execv(command[0], list(command))
    peak, over = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process, peak, over))
    watch.start()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    over.set()
    watch.join()
    if status:
        raise SystemExit(f"{command[1:3]} failed")
    return wall, usage.ru_utime + usage.ru_stime, peak[0] or usage.ru_maxrss / 1024


def _watch(process: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(0.5):
        peak[0] = max(peak[0], _memory(process))


def _memory(process: int) -> float:
    """Return the MB that a process and its children take, what they share divided among them."""
    folder, size = Path(f"/proc/{process}"), 0.0
    with contextlib.suppress(OSError):
        fields = (line.split() for line in (folder / "smaps_rollup").read_text().splitlines())
        size = sum(int(field[1]) for field in fields if field[0] == "Pss:") / 1024
        for children in folder.glob("task/*/children"):
            size += sum(map(_memory, map(int, children.read_text().split())))
    return size


def recalls(found: Sequence[Found], gold: Pairs, sizes: Sequence[int]) -> list[float]:
    """Return the share of the gold heads with a right rendering among the best pairs."""
    ranked = sorted(found, key=lambda pair: (-pair.score, pair.head, pair.rendering))
    return [
        len({p.head for p in ranked[:size] if p.rendering in gold.get(p.head, ())}) / len(gold)
        for size in sizes
    ]


def compare(options: argparse.Namespace) -> None:
    """Run both and print a table."""
    scripts = Path(__file__).parent
    gold: Pairs = {}
    if options.gold:
        pairs = [pair for chunk in read_corpus(options.corpus) for pair in chunk.pairs]
        sides = (
            "\n".join(text for pair in pairs for _, text in pair.chinese),
            " . ".join(text for pair in pairs for _, text in pair.english),
        )
        gold = occurring(read_gold(options.gold), sides)
    sizes = "\t".join(f"recall@{size}" for size in _SIZES) if gold else ""
    print(f"method\twall s\tCPU s\tMB\tpairs\t{sizes}".rstrip())
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "tifa.jsonl", Path(folder) / "peer.jsonl"
        tifa = [sys.executable, "-m", "glossary", "harvest", "--corpus", str(options.corpus)]
        tifa += ["--jobs", str(options.jobs)]
        tifa += ["--work", str(options.work)] if options.work else []
        peer = [sys.executable, str(scripts / "eflomal_peer.py"), str(options.corpus)]
        peer += ["-o", str(out[1]), "--eflomal", options.eflomal]
        runs: list[tuple[str, list[str], Path | None, Path]] = [("tifa", tifa, out[0], out[0])]
        if options.peer:
            runs.append(("eflomal + phrases + C-value", peer, None, out[1]))
        for name, command, output, records in runs:
            wall, cpu, memory = measured(command, output)
            with records.open(encoding="utf-8") as lines:
                found = found_pairs(map(json.loads, lines), None)
            shares = (f"{share:.3f}" for share in recalls(found, gold, _SIZES)) if gold else ()
            cells = (name, f"{wall:.0f}", f"{cpu:.0f}", f"{memory:.0f}", str(len(found)), *shares)
            print("\t".join(cells), flush=True)


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, dest="command")
    make = commands.add_parser("assemble")
    make.add_argument("corpora", type=Path, nargs="+")
    make.add_argument("--pairs", type=int, required=True)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("-o", "--output", type=Path, required=True)
    run = commands.add_parser("compare")
    run.add_argument("corpus", type=Path)
    run.add_argument("--gold", type=Path)
    run.add_argument("--eflomal", default="eflomal-align", help="its command")
    run.add_argument("--no-peer", dest="peer", action="store_false")
    run.add_argument("--jobs", type=int, default=default_jobs(), help="tifa's processes")
    run.add_argument("--work", type=Path, help="keep tifa's work there")
    options = parser.parse_args()
    if options.command == "compare":
        compare(options)
        return
    texts = assembled(options.corpora, options.pairs, options.seed)
    units = (
        TranslationUnit((Variant("zh-CN", (zh,)), Variant("en-US", (en,))))
        for zh, en in itertools.islice(texts, options.pairs)
    )
    tmx14.dump(Memory((), "zh-CN"), options.output, units=units)


if __name__ == "__main__":
    main()
