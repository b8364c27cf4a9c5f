"""Measure the speed and the memory of TMX reading and writing, with peers in the same run.

Each job runs in a process of its own, so that its peak memory is its own; seconds are those of the
processor, since other programs may be running. The files are generated:
two variants, a note and two props a unit, about 430 bytes. Exit code 1 if a limit is broken:

* reading (all units with text, props and notes): at most 1.5 times ElementTree's ``iterparse``
  over the same file, and faster than translate-toolkit;
* writing: at most 3 times plain string writing, the making of the units taken off both;
* peak memory of reading, writing and converting: below 80 MiB whatever the size.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from glossary.model import Memory, TranslationUnit, Variant
from tmx import tmx14

READ_LIMIT = 1.5
WRITE_LIMIT = 3.0
MEMORY_LIMIT = 80.0

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ZH = "坚持全面推进高质量发展的重要意义在于不断完善科学治理体系"
_EN = "the & of high-quality development <in> governance system advances steadily people".split()


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Yield pairs of texts of natural length, the same in every run."""
    source = random.Random(1)
    pool = [
        (
            "".join(source.choices(_ZH, k=source.randint(10, 50))),
            " ".join(source.choices(_EN, k=source.randint(8, 30))),
        )
        for _ in range(1000)
    ]
    for number in range(count):
        chinese, english = pool[number % len(pool)]
        yield f"{chinese}{number}。", f"{english} {number}."


def units(count: int) -> Iterator[TranslationUnit]:
    """Yield translation units."""
    for number, (chinese, english) in enumerate(texts(count)):
        yield TranslationUnit(
            (Variant("zh-CN", (chinese,)), Variant("en-US", (english,))),
            tuid=str(number),
            props=(("x-source", "essay.zh"), ("x-score", "0.912")),
            notes=("generated",),
            attributes=(("creationdate", "20230505T000000Z"),),
        )


def make_units(_path: Path, count: int) -> int:
    """Make the units and do nothing with them."""
    return sum(1 for _ in units(count))


def write_tifa(path: Path, count: int) -> int:
    """Write with tifa."""
    return tmx14.dump(Memory((), "zh-CN"), path, units=units(count)).units


def write_strings(path: Path, count: int) -> int:
    """Write the same with f-strings and the standard library's escaping: the floor."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header/><body>\n'
        )
        for unit in units(count):
            variants = "".join(
                f"<tuv xml:lang={quoteattr(variant.language)}>"
                f"<seg>{escape(variant.content[0])}</seg></tuv>\n"  # type: ignore[arg-type]
                for variant in unit.variants
            )
            props = "".join(
                f"<prop type={quoteattr(kind)}>{escape(value)}</prop>\n"
                for kind, value in unit.props
            )
            notes = "".join(f"<note>{escape(note)}</note>\n" for note in unit.notes)
            stream.write(
                f"<tu tuid={quoteattr(unit.tuid)} creationdate={quoteattr(unit.attributes[0][1])}>"
                f"\n{notes}{props}{variants}</tu>\n"
            )
        stream.write("</body>\n</tmx>\n")
    return count


def read_tifa(path: Path, _count: int) -> int:
    """Read every unit with tifa."""
    return sum(1 for unit in tmx14.iter_load(path) if unit.variants[0].text and unit.props)


def read_elementtree(path: Path, _count: int) -> int:
    """Read every unit with text, props and notes with ElementTree's iterparse."""
    found = 0
    for _, element in ElementTree.iterparse(path):
        if element.tag != "tu":
            continue
        pairs = [
            (tuv.get(_LANGUAGE), "".join(seg.itertext()))
            for tuv in element.findall("tuv")
            if (seg := tuv.find("seg")) is not None
        ]
        props = [(prop.get("type"), prop.text) for prop in element.findall("prop")]
        notes = [note.text for note in element.findall("note")]
        found += bool(pairs and props and notes)
        element.clear()
    return found


def read_toolkit(path: Path, _count: int) -> int:
    """Read every unit with translate-toolkit."""
    from translate.storage.tmx import tmxfile

    store = tmxfile.parsefile(str(path))
    return sum(1 for unit in store.units if unit.source and unit.target is not None)


def convert_tifa(path: Path, _count: int) -> int:
    """Read and write with tifa, as ``tifa convert`` does."""
    stream = tmx14.iter_load(path)
    with tempfile.TemporaryDirectory() as folder:
        return tmx14.dump(stream.header, Path(folder, "out.tmx"), units=stream).units


JOBS = {
    job.__name__: job
    for job in (
        make_units,
        write_strings,
        write_tifa,
        read_elementtree,
        read_tifa,
        read_toolkit,
        convert_tifa,
    )
}


def measured(job: str, path: Path, count: int) -> dict[str, float]:
    """Run a job in a process of its own and return its seconds, peak MiB and units."""
    done = subprocess.run(
        [sys.executable, __file__, "--job", job, "--file", str(path), str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run_job(name: str, path: Path, count: int) -> None:
    """Run one job here and print what it took as JSON."""
    begin = time.process_time()
    done = JOBS[name](path, count)
    seconds = time.process_time() - begin
    # Linux counts in KiB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "peak": peak, "units": done}))


def bench(count: int, repeat: int, toolkit: bool) -> list[str]:
    """Measure all jobs at one size, print a table and return the limits broken."""
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="tifa-bench-") as folder:
        path, plain = Path(folder, "tifa.tmx"), Path(folder, "plain.tmx")
        best: dict[str, dict[str, float]] = {}
        for name in JOBS:
            if name == "read_toolkit" and not toolkit:
                continue
            target = plain if name == "write_strings" else path
            runs = [measured(name, target, count) for _ in range(repeat)]
            best[name] = min(runs, key=lambda run: run["seconds"])
            if best[name]["units"] != count:
                broken.append(f"{name} saw {best[name]['units']} of {count} units")
        print(f"\n{count} units, {path.stat().st_size / 1e6:.1f} MB, best of {repeat}")
        print(f"{'job':18}{'seconds':>9}{'units/s':>10}{'peak MiB':>10}")
        for name, run in best.items():
            rate = count / run["seconds"]
            print(f"{name:18}{run['seconds']:9.2f}{rate:10.0f}{run['peak']:10.0f}")
        ratio = best["read_tifa"]["seconds"] / best["read_elementtree"]["seconds"]
        print(f"reading: {ratio:.2f} times iterparse (limit {READ_LIMIT})")
        if ratio > READ_LIMIT:
            broken.append(f"reading takes {ratio:.2f} times iterparse")
        if toolkit:
            slower = best["read_tifa"]["seconds"] >= best["read_toolkit"]["seconds"]
            broken += ["reading is not faster than translate-toolkit"] if slower else []
        making = best["make_units"]["seconds"]
        floor = best["write_strings"]["seconds"] - making
        ratio = (best["write_tifa"]["seconds"] - making) / floor
        print(f"writing: {ratio:.2f} times plain strings (limit {WRITE_LIMIT})")
        if ratio > WRITE_LIMIT:
            broken.append(f"writing takes {ratio:.2f} times plain strings")
        for name in ("read_tifa", "write_tifa", "convert_tifa"):
            if best[name]["peak"] > MEMORY_LIMIT:
                broken.append(f"{name} needs {best[name]['peak']:.0f} MiB")
    return broken


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("units", nargs="*", type=int, default=[200_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=2, help="runs of each job; the best counts")
    parser.add_argument(
        "--toolkit-up-to",
        type=int,
        default=200_000,
        help="largest size at which translate-toolkit runs too (it needs 4 GB for a million)",
    )
    parser.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        run_job(options.job, options.file, options.units[0])
        return 0
    broken = [
        fault
        for count in options.units
        for fault in bench(count, options.repeat, count <= options.toolkit_up_to)
    ]
    for fault in broken:
        print(f"limit broken: {fault}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
