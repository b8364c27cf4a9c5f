"""Write the texts whose gold beads are in tests/data/prose as evaluate_alignment.py reads them.

The documents lie in this checkout or in the folder with the corpora. Their paragraphs are split
into sentences as tifa does, one a line.

Example:
    python scripts/prose_texts.py --shared ../shared prose
    python scripts/evaluate_alignment.py --src prose/src --tgt prose/tgt --gold prose/gold
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from glossary.errors import TifaError
from glossary.language.script import han_share
from glossary.texts import split_sentences

_DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
# Lines of which more than this share is Chinese belong to the Chinese side of a file with both.
_CHINESE = 0.2
# What a document of Markdown has before its text, and what is no paragraph.
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def main() -> None:
    """Write every text that is there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out", type=Path, help="folder that gets src/, tgt/ and gold/")
    parser.add_argument("--shared", type=Path, help="folder with the corpora; without it, our own")
    options = parser.parse_args()
    for name in write_texts(options.out, options.shared):
        print(name)


def write_texts(out: Path, shared: Path | None) -> list[str]:
    """Write the texts and return their names.

    Args:
        out: folder that gets src/, tgt/ and gold/.
        shared: the folder with the corpora; without it only texts of this checkout are written.

    Raises:
        TifaError: a text is split into other sentences than its ladder is about.
    """
    for part in ("src", "tgt", "gold"):
        (out / part).mkdir(parents=True, exist_ok=True)
    written = []
    for text in json.loads((_DATA / "prose" / "texts.json").read_text(encoding="utf-8")):
        if text["where"] == "shared" and shared is None:
            continue
        folder = _DATA if shared is None or text["where"] == "data" else shared / "data"
        for part, sentences in zip(("src", "tgt"), _sides(folder, text), strict=True):
            (out / part / text["name"]).write_text("\n".join(sentences) + "\n", encoding="utf-8")
        ladder = f"{text['name']}.align"
        (out / "gold" / ladder).write_bytes((_DATA / "prose" / ladder).read_bytes())
        written.append(text["name"])
    return written


def _sides(folder: Path, text: dict[str, Any]) -> list[list[str]]:
    sides = []
    for language, tag, count in zip(
        ("chinese", "english"), ("zh-Hans", "en"), text["sentences"], strict=True
    ):
        path = folder / text[language]
        lines = _FRONT.sub("", path.read_text(encoding="utf-8")).splitlines()
        both = text["chinese"] == text["english"]
        sentences = [
            sentence
            for line in lines
            if line.strip() and not (both and line.startswith("#"))
            if not both or (han_share(line) > _CHINESE) == (language == "chinese")
            for sentence in split_sentences(line.strip().lstrip("# "), tag)
        ]
        if len(sentences) < count:
            raise TifaError(
                f"only {len(sentences)} of {count} sentences",
                place=str(path),
                cure="is it the document that tests/data/prose/README.md names?",
            )
        sides.append(sentences[:count])
    return sides


if __name__ == "__main__":
    main()
