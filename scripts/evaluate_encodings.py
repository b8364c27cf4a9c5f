"""Measure how often the encoding of a short text is found, beside charset-normalizer.

Pieces of random places of UTF-8 texts are written in each encoding and decoded again; what counts
is that the text comes back. The pieces are the same in every run.

    python scripts/evaluate_encodings.py --zh-Hans zh.txt --zh-Hant hant.txt --en en.txt
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from glossary.texts.encodings import detect_encoding

_UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ENCODINGS = {
    "zh-Hans": ("gb18030", "gb2312", *_UNICODE),
    "zh-Hant": ("big5", "big5hkscs", "cp950", "gb18030", *_UNICODE),
    "en": ("cp1252", *_UNICODE),
}
_LENGTHS = (2, 4, 8, 20, 100, 1000)


def pieces(text: str, encoding: str, length: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield pieces that hold more than ASCII and fit ``encoding``, with their bytes."""
    chance = random.Random(f"{encoding} {length}")
    for _ in range(count * 20):
        start = chance.randrange(max(1, len(text) - length))
        piece = text[start : start + length].encode(encoding, "ignore").decode(encoding).strip()
        if piece and not piece.isascii():
            yield piece, piece.encode(encoding)
            count -= 1
            if not count:
                return


def tifa(data: bytes) -> str | None:
    """Decode as tifa does, or return None."""
    encoding = detect_encoding(data)
    return None if encoding is None else data.decode(encoding, "replace")


def peer(data: bytes) -> str | None:
    """Decode as charset-normalizer does, or return None."""
    match = from_bytes(data).best()
    return None if match is None else str(match)


def main(argv: list[str] | None = None) -> int:
    """Run the measurement; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for language in _ENCODINGS:
        parser.add_argument(
            f"--{language}", dest=language, nargs="+", type=Path, default=[], metavar="FILE"
        )
    parser.add_argument("--count", type=int, default=200, help="pieces a cell (default 200)")
    arguments = parser.parse_args(argv)
    decoders: dict[str, Callable[[bytes], str | None]] = {"tifa": tifa, "charset-normalizer": peer}
    print("language\tencoding\tdecoder\t" + "\t".join(f"{length} chars" for length in _LENGTHS))
    for language, encodings in _ENCODINGS.items():
        text = "\n".join(file.read_text(encoding="utf-8") for file in getattr(arguments, language))
        for encoding in encodings if re.search(r"[^\x00-\x7f]", text) else ():
            for name, decoder in decoders.items():
                shares = []
                for length in _LENGTHS:
                    samples = list(pieces(text, encoding, length, arguments.count))
                    right = sum(decoder(data) == piece for piece, data in samples)
                    shares.append(f"{right / len(samples):.3f}" if samples else "-")
                print(language, encoding, name, *shares, sep="\t", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
