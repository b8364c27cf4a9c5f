"""Build the glossary that ships with tifa from its decision files: glossary/data/core/core.tifa.

    python scripts/build_core_glossary.py            check the decisions and write core.tifa
    python scripts/build_core_glossary.py --check    say whether core.tifa is what they give
    python scripts/build_core_glossary.py --verify CORPORA
                                                     look each claim of a source up in its document
    python scripts/build_core_glossary.py --stats    count what there is

Decisions are tables of reviewed rows (glossary.termbase.decisions says how they look). Exit code 1
means findings.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from glossary.errors import TifaError
from glossary.files import write_text
from glossary.language.script import han_share
from glossary.language.variants import chinese_key, english_key
from glossary.termbase.decision_checks import Finding, check_decisions
from glossary.termbase.decisions import JUDGEMENT, Decisions, glossary_of, read_decisions
from glossary.termbase.text_format import dump_text

CORE = Path(__file__).resolve().parent.parent / "glossary" / "data" / "core"


def main(arguments: list[str] | None = None) -> int:
    """Run the script and return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=CORE, help="where the tables are")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing, compare core.tifa")
    mode.add_argument("--verify", type=Path, metavar="CORPORA", help="folder with the documents")
    mode.add_argument("--stats", action="store_true", help="write nothing, count")
    options = parser.parse_args(arguments)
    try:
        decisions = read_decisions(options.folder)
    except TifaError as error:
        print(error, file=sys.stderr)
        return 1
    findings = [str(finding) for finding in check_decisions(decisions)]
    if not findings and options.verify:
        findings = [str(finding) for finding in unproven(decisions, options.verify)]
    if findings:
        print(*findings, sep="\n")
        print(f"{len(findings)} findings", file=sys.stderr)
        return 1
    if options.verify:
        return 0
    if options.stats:
        print_counts(decisions)
        return 0
    return _write(options.folder, decisions, compare=options.check)


def _write(folder: Path, decisions: Decisions, *, compare: bool) -> int:
    text = dump_text(glossary_of(decisions))
    target = folder / "core.tifa"
    if not compare:
        write_text(target, text)
        print(f"{target}: {len(list(decisions.concepts()))} concepts", file=sys.stderr)
    elif not target.exists() or target.read_bytes().decode("utf-8") != text:
        print(f"{target} is not what the decisions give: build it anew", file=sys.stderr)
        return 1
    return 0


def print_counts(decisions: Decisions) -> None:
    """Print how many concepts and renderings there are, and of what kinds."""
    concepts = list(decisions.concepts())
    changed = sum(any(row.status == "superseded" for row in rows) for rows in concepts)
    cited = sum(row.source != JUDGEMENT.id for row in decisions.rows)
    print(f"concepts\t{len(concepts)}\nrenderings\t{len(decisions.rows)}")
    print(f"rendering changed\t{changed}\nrenderings with a document\t{cited}")
    for name, counts in (
        ("file", Counter(rows[0].file.name for rows in concepts)),
        ("subject", Counter(rows[0].subject for rows in concepts)),
        ("status", Counter(row.status for row in decisions.rows)),
        ("source", Counter(name for row in decisions.rows for name in row.sources)),
    ):
        for value, count in counts.most_common():
            print(f"{name} {value}\t{count}")


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

    A rendering is proven if a passage of the document has the Chinese term and its English side the
    rendering, inflection, articles and punctuation folded.
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


if __name__ == "__main__":
    sys.exit(main())
