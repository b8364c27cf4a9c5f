"""Feed mutated exchange files to every reader: no traceback, no hang, no growth of memory.

Seeds are the files of a folder (a collection of real files, or what ``tifa build`` wrote). Each
input is a seed with some bytes flipped, cut, doubled, moved or replaced by tokens that matter in
XML. Allowed outcomes are a value or a ``TifaError`` of one line. Exit code 1 if anything else came.
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

from glossary.errors import TifaError
from tmx import omegat, tbx3, tmx14, tsv
from tmx.salvage import SalvageLog
from tmx.validation import validate

SECONDS = 10.0
GROWTH = 256.0
SEED_SIZE = 200_000

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


def readers() -> dict[str, Callable[[Path], object]]:
    """Return every way a file is read, by name."""
    return {
        "tmx": tmx14.load,
        "tbx": tbx3.load,
        "validate": validate,
        "salvage tmx": lambda path: tmx14.load(path, salvage=SalvageLog()),
        "salvage tbx": lambda path: tbx3.load(path, salvage=SalvageLog()),
        "tsv": tsv.load,
        "omegat": omegat.load,
    }


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
            path = Path(folder, "input" + origin.suffix.lower())
            path.write_bytes(data)
            for name, read in readers().items():
                fault = fault_of(read, path)
                if fault:
                    faults += 1
                    print(f"input {number} from {origin.name}, {name}: {fault}")
                    if keep is not None:
                        (keep / f"fault-{number}{path.suffix}").write_bytes(data)
            path.unlink()
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit - before
    print(f"{inputs} inputs, {len(readers())} readers, seed {seed}: {faults} faults")
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
    return 1 if fuzz(seeds, options.inputs, options.seed, options.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
