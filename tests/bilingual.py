"""Split pages that hold a Chinese text and its English rendition into two texts."""

from __future__ import annotations

import re
from pathlib import Path

from glossary.language.script import HAN, han_share

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BOTH = re.compile(rf"(?P<english>[^{HAN}]*[A-Za-z][^{HAN}]*?)\s+(?P<chinese>[{HAN}].*)")


def split_page(page: str) -> tuple[str, str]:
    """Return the Chinese and the English text of an interleaved page, paragraphs kept.

    A line is Chinese if more than a fifth of its letters are Han characters; a line that begins in
    English and ends in Chinese ("Chapter One General Principles 第一章 总则") is cut in two.
    """
    chinese: list[str] = []
    english: list[str] = []
    for paragraph in re.split(r"\n\s*\n", _FRONT_MATTER.sub("", page.replace("\r\n", "\n"))):
        parts: tuple[list[str], list[str]] = ([], [])
        for raw in paragraph.splitlines():
            line = raw.strip().removeprefix("## ").replace("`", "")
            if not line or line.startswith("http"):
                continue
            both = _BOTH.fullmatch(line)
            if both and han_share(both["chinese"]) > 0.9 and han_share(line) < 0.9:
                parts[0].append(both["chinese"])
                parts[1].append(both["english"])
            else:
                parts[han_share(line) <= 0.2].append(line)
        if parts[0]:
            chinese.append("".join(parts[0]))
        if parts[1]:
            english.append(" ".join(parts[1]))
    return "\n\n".join(chinese) + "\n", "\n\n".join(english) + "\n"


def write_constitution(shared: Path, folder: Path) -> list[Path]:
    """Write the Party constitution of 2017 as two texts; return their paths, Chinese first."""
    page = next((shared / "data" / "cpc-constitution-2017-bilingual").glob("constitution*.md"))
    return _write_pair(page, folder, "constitution")


def write_marriage_law(shared: Path, folder: Path) -> list[Path]:
    """Write the Marriage Law and its two English versions; return their paths, Chinese first."""
    laws = shared / "data" / "prc-laws-bilingual"
    paths = _write_pair(next(laws.glob("laws-marriage-law*.md")), folder, "marriage-law")
    second = folder / "marriage-law-2.en.txt"
    second.write_text(split_page((laws / "婚姻法.md").read_text(encoding="utf-8"))[1])
    return [*paths, second]


def _write_pair(page: Path, folder: Path, name: str) -> list[Path]:
    paths = [folder / f"{name}.zh.txt", folder / f"{name}.en.txt"]
    for path, text in zip(paths, split_page(page.read_text(encoding="utf-8")), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
