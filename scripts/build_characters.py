"""Make the table of radicals and strokes that indexes sort by: glossary/publish/characters.tsv.

    python scripts/build_characters.py UCD -o glossary/publish/characters.tsv

UCD is a folder with CJKRadicals.txt and Unihan_IRGSources.txt of the Unicode Character Database.
Written are the ideographs of the blocks that simplified and traditional texts use (U+3007, U+3400
to U+4DBF and U+4E00 to U+9FFF), each under its first kRSUnicode radical and its first
kTotalStrokes, which is the count for mainland China (UAX #38).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

from glossary.files import write_text

_CHARACTERS = (0x3007, *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
#: Unihan leaves 〇 out; dictionaries give it one stroke.
_ZERO = (0x3007, ("4", 1))
_VERSION = re.compile(r"^# Unicode version: (\S+)", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """Run the script and return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ucd", type=Path, help="folder of the Unicode Character Database")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the table to write")
    options = parser.parse_args(arguments)
    sources = (options.ucd / "Unihan_IRGSources.txt").read_text(encoding="utf-8")
    version = _VERSION.search(sources)
    radicals, strokes = properties(sources)
    placed = {
        code: (radicals[code], strokes[code])
        for code in _CHARACTERS
        if code in radicals and code in strokes
    }
    placed.setdefault(*_ZERO)
    forms = radical_forms((options.ucd / "CJKRadicals.txt").read_text(encoding="utf-8"))
    text = table(placed, forms, version.group(1) if version else "unknown")
    write_text(options.out, text)
    print(f"{options.out}: {len(placed)} characters", file=sys.stderr)
    return 0


def properties(sources: str) -> tuple[dict[int, str], dict[int, int]]:
    """Return the first radical and the first count of strokes of each code point."""
    radicals: dict[int, str] = {}
    strokes: dict[int, int] = {}
    for line in sources.splitlines():
        if not line.startswith("U+"):
            continue
        code, name, value = line.split("\t")
        first = value.split()[0]
        if name == "kRSUnicode":
            radicals[int(code.removeprefix("U+"), 16)] = first.partition(".")[0]
        elif name == "kTotalStrokes":
            strokes[int(code.removeprefix("U+"), 16)] = int(first)
    return radicals, strokes


def radical_forms(text: str) -> dict[str, str]:
    """Return the ideograph of each radical by its number; simplified ones end in ``'``."""
    rows = (line.split(";") for line in text.splitlines() if line[:1].isdigit())
    return {number.strip(): chr(int(ideograph.strip(), 16)) for number, _, ideograph in rows}


def table(placed: dict[int, tuple[str, int]], forms: dict[str, str], version: str) -> str:
    """Return a line for each radical and count of strokes: number, form, strokes, characters."""
    groups: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    for code, (radical, count) in placed.items():
        groups[int(radical.rstrip("'")), radical, count].append(chr(code))
    lines = [f"# Unihan {version}, kRSUnicode and kTotalStrokes; see NOTICE"]
    lines += [
        f"{radical}\t{forms[radical]}\t{count}\t{''.join(characters)}"
        for (_, radical, count), characters in sorted(groups.items())
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
