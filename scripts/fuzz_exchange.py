"""Feed mutated exchange files to every reader: no traceback, no hang, no growth of memory.

Seeds are the files of a folder (a collection of real files, or what ``tifa build`` wrote) and a
small file of each format that the script writes itself. Each input is a seed with some bytes
flipped, cut, doubled, moved or replaced by tokens that matter in XML. Allowed outcomes are a value
or a ``TifaError`` of one line. Exit code 1 if anything else came.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import tmx
from glossary.errors import TifaError
from glossary.model import (
    AdministrativeStatus,
    Concept,
    Glossary,
    Inline,
    Memory,
    Term,
    TranslationUnit,
    Variant,
)
from tmx import omegat, tbx3, tmx14, tsv
from tmx.detection import codec_of
from tmx.interface import ValueKind
from tmx.repair import repair
from tmx.salvage import SalvageLog
from tmx.validation import validate

SECONDS = 10.0
GROWTH = 256.0
SEED_SIZE = 200_000
_XML = frozenset({".tmx", ".tbx", ".tbx3", ".xml", ".zip", ".mtf", ".xlf"})

TOKENS = [
    *(
        token.encode()
        for token in "<tu> </tu> <seg> </seg> <![CDATA[ ]]> <!-- --> &amp; & &#0;".split()
    ),
    *(
        token.encode()
        for token in "&#x110000; <?xml?> xml:lang='zh' xmlns:a='b' <a:b/> ]> '".split()
    ),
    b"<!DOCTYPE tmx [<!ENTITY a 'x'>]>",
    b'<!DOCTYPE tmx SYSTEM "http://127.0.0.1/x.dtd">',
    b"<hi>" * 150,
    b"\xff\xfe",
    b"\x00",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b'encoding="gb18030"',
    b'encoding="utf-16"',
    "\ud7ff\U0010ffff".encode(),
]


def mutated(data: bytes, source: random.Random) -> bytes:
    """Return ``data`` with one to eight changes."""
    buffer = bytearray(data)
    for _ in range(source.randint(1, 8)):
        size = len(buffer)
        start = source.randrange(size + 1)
        stop = min(size, start + source.choice((1, 2, 5, 50, 2000)))
        match source.randrange(6):
            case 0 if size:
                buffer[source.randrange(size)] = source.randrange(256)
            case 1:
                del buffer[start:stop]
            case 2:
                buffer[start:start] = buffer[start:stop]
            case 3:
                buffer[start:start] = source.choice(TOKENS)
            case 4:
                buffer[start:stop] = source.choice(TOKENS)
            case _:
                del buffer[start:]
                buffer += source.choice((b"", data[start:], data[: len(data) // 2]))
    return bytes(buffer)


def own_seeds(folder: Path) -> list[Path]:
    """Write a small glossary or memory of one of everything in each format; return the files."""
    content = ("网络", Inline("bpt", (("i", "1"),), ("<b>",)), "强国")
    unit = TranslationUnit(
        (Variant("zh-CN", content), Variant("en", ("a",))), "1", (("x-a", "b"),), ("n",)
    )
    terms = (
        Term("甲", "zh-Hans"),
        Term("a", "en", status=AdministrativeStatus.PREFERRED, note="n", valid_from="2014"),
        Term("b", "en", status=AdministrativeStatus.DEPRECATED),
    )
    concept = Concept("c", terms, definition="d", note="n", subject_field="f")
    others = tuple(Concept(f"c{n}", (Term(f"乙{n}", "zh-Hans"), terms[1])) for n in range(3))
    values = {
        ValueKind.MEMORY: Memory((unit,) * 3, "zh-CN"),
        ValueKind.GLOSSARY: Glossary((concept, *others), title="t"),
    }
    paths = []
    for info in tmx.codecs():
        path = folder / f"{info.name}{info.extensions[0]}"
        tmx.codec(info.name).dump(values[info.kind], path)
        paths.append(path)
    return paths


def readers(path: Path) -> dict[str, Callable[[Path], object]]:
    """Return every way a file of that name is read, by name."""

    def mend(broken: Path) -> object:
        return repair(broken, broken.with_name("mended" + "".join(broken.suffixes)))

    found: dict[str, Callable[[Path], object]] = {
        "by its name": lambda file: codec_of(file).load(file),
        "validate": validate,
        "fix": mend,
    }
    if path.suffix in _XML:
        found |= {
            "tmx": tmx14.load,
            "tbx": tbx3.load,
            "salvage tmx": lambda file: tmx14.load(file, salvage=SalvageLog()),
            "salvage tbx": lambda file: tbx3.load(file, salvage=SalvageLog()),
        }
    else:
        found |= {"tsv": tsv.load, "omegat": omegat.load}
    return found


def fault_of(read: Callable[[Path], object], path: Path) -> str:
    """Read a file and return what went wrong that may not, or an empty string."""
    begin = time.monotonic()
    try:
        read(path)
    except TifaError as error:
        if "\n" in str(error):
            return f"an error of several lines: {error}"
    except Exception:
        return traceback.format_exc()
    seconds = time.monotonic() - begin
    return f"took {seconds:.1f} s" if seconds > SECONDS else ""


def fuzz(seeds: list[Path], inputs: int, seed: int, keep: Path | None) -> int:
    """Try that many inputs and return the number of faults."""
    source = random.Random(seed)
    faults = 0
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    with tempfile.TemporaryDirectory(prefix="tifa-fuzz-") as folder:
        for number in range(inputs):
            origin = source.choice(seeds)
            data = mutated(origin.read_bytes()[:SEED_SIZE], source)
            # The whole ending counts: .deepl.tsv is not .tsv.
            ending = origin.name[origin.name.find(".") :].lower()
            path = Path(folder, "input" + (ending if len(ending) < 20 else origin.suffix.lower()))
            path.write_bytes(data)
            for name, read in readers(path).items():
                fault = fault_of(read, path)
                if fault:
                    faults += 1
                    print(f"input {number} from {origin.name}, {name}: {fault}")
                    if keep is not None:
                        (keep / f"fault-{number}{''.join(path.suffixes)}").write_bytes(data)
            for file in Path(folder).iterdir():
                file.unlink()
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit - before
    print(f"{inputs} inputs, seed {seed}: {faults} faults")
    print(f"peak memory grew by {growth:.0f} MiB (limit {GROWTH:.0f})")
    return faults + (growth > GROWTH)


def main() -> int:
    """Run the fuzzer."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", type=Path, help="folder with files to mutate")
    parser.add_argument("-n", "--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that made a fault")
    options = parser.parse_args()
    seeds = sorted(
        path
        for path in options.seeds.iterdir()
        if path.suffix.lower() in {".tmx", ".tbx", ".tsv", ".txt", ".xml", ".zip"}
    )
    if not seeds:
        print(f"{options.seeds} holds no exchange files", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="tifa-seeds-") as folder:
        own = own_seeds(Path(folder))
        # As many of its own as of the folder's, so that no format is seldom met.
        seeds += own * max(1, len(seeds) // len(own))
        return 1 if fuzz(seeds, options.inputs, options.seed, options.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
