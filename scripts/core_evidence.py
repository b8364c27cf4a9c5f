"""Look claims of the core glossary up in the bilingual documents that they name.

A rendering is proven if some passage of the document has the Chinese term and its English side
the rendering, inflection, articles and punctuation folded. ``build_core_glossary.py --verify``
runs it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from glossary.language.script import han_share
from glossary.language.variants import chinese_key, english_key
from glossary.termbase.decision_checks import Finding
from glossary.termbase.decisions import Decisions

__all__ = ["PASSAGES", "unproven"]

#: A Chinese passage and the English one that renders it.
Passage = tuple[str, str]

_ARTICLE_ZH = re.compile(r"^\s*第[一二三四五六七八九十百]+条", re.MULTILINE)
_ARTICLE_EN = re.compile(r"^\s*Article \d+", re.MULTILINE)


def _cpc_constitution(corpora: Path) -> list[Passage]:
    """Return the paragraphs of the bilingual page; each Chinese one is followed by its English."""
    page = corpora / "data/cpc-constitution-2017-bilingual"
    text = (page / "constitution-of-the-communist-party-of-china.md").read_text(encoding="utf-8")
    paragraphs = [part.strip() for part in text.split("\n") if part.strip()]
    return [
        (zh, en) for zh, en in itertools.pairwise(paragraphs) if han_share(zh) > 0.5 > han_share(en)
    ]


def _women_protection(corpora: Path) -> list[Passage]:
    """Return the articles of the law: its whole Chinese text stands before the English one."""
    text = (corpora / "data/prc-laws-bilingual/妇女权益保障法.md").read_text(encoding="utf-8")
    return list(zip(_articles(_ARTICLE_ZH, text), _articles(_ARTICLE_EN, text), strict=False))


def _articles(head: re.Pattern[str], text: str) -> list[str]:
    starts = [match.start() for match in head.finditer(text)]
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _marriage(corpora: Path) -> list[Passage]:
    """Return the law's page as one passage: its two languages alternate irregularly."""
    folder = corpora / "data/prc-laws-bilingual"
    page = folder / "laws-marriage-law-of-the-people-s-republic-of-china.md"
    text = page.read_text(encoding="utf-8")
    return [(text, text)]


def _un(corpora: Path) -> list[Passage]:
    """Return the line pairs of the development set."""
    stem = corpora / "data/un-parallel-v1-devset/UNv1.0.devset"
    zh, en = (Path(f"{stem}.{tag}").read_text(encoding="utf-8") for tag in ("zh", "en"))
    return list(zip(zh.split("\n"), en.split("\n"), strict=False))


def _udhr(corpora: Path) -> list[Passage]:
    """Return the declaration as one passage."""
    folder = corpora / "data/udhr-zh-en"
    zh, en = (folder / f"{name}.txt" for name in ("cmn_hans", "eng"))
    return [(zh.read_text(encoding="utf-8"), en.read_text(encoding="utf-8"))]


#: The documents that can be looked into, by the id of the source.
PASSAGES: dict[str, Callable[[Path], list[Passage]]] = {
    "cpc-constitution-2017": _cpc_constitution,
    "women-protection-law-2018": _women_protection,
    "marriage-law-2001": _marriage,
    "un-parallel-corpus-v1": _un,
    "udhr-1948": _udhr,
}


def unproven(decisions: Decisions, corpora: Path) -> Iterator[Finding]:
    """Yield a finding for each rendering that a document is named for which does not have it.

    Sources whose documents are not among the corpora are passed over.
    """
    folded: dict[str, list[Passage]] = {}
    for row in decisions.rows:
        for source in row.sources:
            if source not in PASSAGES:
                continue
            if source not in folded:
                folded[source] = [
                    (chinese_key(zh), f" {english_key(en)} ")
                    for zh, en in PASSAGES[source](corpora)
                ]
            zh, en = chinese_key(row.zh), f" {english_key(row.en)} "
            where = [english for chinese, english in folded[source] if zh in chinese]
            if not any(en in english for english in where):
                what = "has no such Chinese" if not where else f"renders {row.zh} otherwise"
                yield Finding(row.file, row.line, "D501", f"{row.en!r}: {source} {what}")
