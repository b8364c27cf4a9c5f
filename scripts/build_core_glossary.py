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
import sys
from collections import Counter
from pathlib import Path

from glossary.errors import TifaError
from glossary.files import write_text
from glossary.termbase.decision_checks import check_decisions
from glossary.termbase.decisions import JUDGEMENT, Decisions, glossary_of, read_decisions
from glossary.termbase.text_format import dump_text

CORE = Path(__file__).resolve().parent.parent / "glossary" / "data" / "core"
TITLE = "tifa core glossary of Chinese political language"


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
        from core_evidence import unproven

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
    text = dump_text(glossary_of(decisions, TITLE))
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


if __name__ == "__main__":
    sys.exit(main())
