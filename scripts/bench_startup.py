"""Measure the start-up of `tifa lookup` against a bare Python with lxml, rapidfuzz and sqlite3.

The two run in turn, so that a busy machine slows both; the ratio is that of the medians.

    python scripts/bench_startup.py [--termbase FILE] 网络强国 'wangluo qiangguo' 卡勃子

Without a termbase the core glossary is asked.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BARE = "import lxml.etree, rapidfuzz, sqlite3"
TIFA = "from glossary.cli.main import run; run()"


def seconds(command: Sequence[str]) -> float:
    """Return the wall seconds of one whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("queries", nargs="*", default=["网络强国"], metavar="QUERY")
    parser.add_argument("--termbase", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    bare = [sys.executable, "-c", BARE]
    named = ["--termbase", str(arguments.termbase)] if arguments.termbase else []
    for query in arguments.queries:
        lookup = [sys.executable, "-c", TIFA, "lookup", query, *named]
        for warm_up in (bare, lookup):
            seconds(warm_up)
        pairs = [(seconds(bare), seconds(lookup)) for _ in range(arguments.runs)]
        first, second = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{query}: bare Python {first:.3f} s, lookup {second:.3f} s, {second / first:.2f}")


if __name__ == "__main__":
    main()
