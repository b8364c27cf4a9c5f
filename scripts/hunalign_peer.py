"""hunalign, where it is installed, with a dictionary from CC-CEDICT, to measure beside the project.

Varga et al. (2005), "Parallel corpora for medium density languages". It reads words parted by
spaces; the texts are cut into words and stems as the project does for its own lexical evidence.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from glossary.align.ladder import Beads, parse_hunalign
from glossary.language.cedict import gloss_weights
from glossary.language.script import detect_language
from glossary.language.stems import english_stem
from glossary.language.words import chinese_words, english_words

__all__ = ["hunalign", "hunalign_program"]

# Versions that count UTF-8 characters unless told otherwise do far worse on Chinese: .08 on the
# novels instead of .51.
_BYTES = "-onebyteencoding"


def hunalign_program() -> str | None:
    """Return the path of the program, or None if it is not installed."""
    return shutil.which("hunalign")


def hunalign(source: Sequence[str], target: Sequence[str]) -> Beads:
    """Return the beads of two texts, one of them Chinese and the other English.

    Raises:
        FileNotFoundError: hunalign is not installed.
        subprocess.CalledProcessError: it failed.
    """
    program = hunalign_program()
    if program is None:
        raise FileNotFoundError("hunalign is not on the path")
    chinese = [(detect_language(" ".join(text)) or "en") != "en" for text in (source, target)]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("dictionary", "source", "target")]
        words = [
            [_words(line, zh) for line in text]
            for text, zh in zip((source, target), chinese, strict=True)
        ]
        heads = {
            word
            for text, zh in zip(words, chinese, strict=True)
            if zh
            for line in text
            for word in line
        }
        files[0].write_text(_dictionary(heads, chinese_first=chinese[0]), encoding="utf-8")
        for file, text in zip(files[1:], words, strict=True):
            file.write_text("".join(" ".join(line) + "\n" for line in text), encoding="utf-8")
        usage = subprocess.run([program], capture_output=True, text=True, check=False)
        options = [_BYTES] if _BYTES in usage.stdout + usage.stderr else []
        done = subprocess.run(
            [program, *options, *map(str, files)], capture_output=True, text=True, check=True
        )
    return parse_hunalign(done.stdout)


def _words(line: str, chinese: bool) -> list[str]:
    words = chinese_words(line) if chinese else english_words(line)
    return [word.text if chinese else english_stem(word.text) for word in words]


def _dictionary(heads: set[str], *, chinese_first: bool) -> str:
    """Return a line for each Chinese word and stem of its glosses: ``target @ source``."""
    pairs = [(head, stem) for head in sorted(heads) for stem in sorted(gloss_weights(head))]
    return "".join(f"{b} @ {a}\n" if chinese_first else f"{a} @ {b}\n" for a, b in pairs)
