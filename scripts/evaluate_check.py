#!/usr/bin/env python3
"""Say what share of the findings on published translations a reviser accepts.

    python scripts/evaluate_check.py --judgements TSV SOURCE TARGET [SOURCE TARGET …]
        [--termbase FILE] [--as-of DATE]

The translations are held against a termbase, by default the core glossary. TSV has one finding a
line under the header ``place code term verdict reason``; the verdict ``right`` is of a finding that
a reviser would act on or be glad to have looked at, ``wrong`` of one that costs time for nothing.
Places are those that ``tifa check`` prints.

Printed: findings by code, how many of them are judged, and the share that is right.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from glossary.align import align
from glossary.check import Finding, Report, check
from glossary.check.pairs import pairs_of_bitext
from glossary.lookup.known_terms import KnownTerms
from glossary.model import valid_date
from glossary.termbase import Termbase
from glossary.termbase.core import open_core
from glossary.texts import parse_request, read_document

Key = tuple[str, str, str]


def read_judgements(path: Path) -> dict[Key, bool]:
    """Return whether each judged finding is right, by place, code and term."""
    judged = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        place, code, term, verdict, *_ = line.split("\t")
        judged[place, code, term] = verdict == "right"
    return judged


def key(finding: Finding, report: Report) -> Key:
    """Return what tells a finding from others."""
    return report.pairs[finding.pair].place, finding.code.id, finding.term


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--judgements", type=Path, required=True)
    parser.add_argument("--termbase", type=Path)
    parser.add_argument("--as-of", type=valid_date)
    parser.add_argument("--list", action="store_true", help="print every finding as a line of TSV")
    options = parser.parse_args()
    judged = read_judgements(options.judgements) if options.judgements.exists() else {}
    found: Counter[str] = Counter()
    known: Counter[str] = Counter()
    right: Counter[str] = Counter()
    opened = Termbase.open(options.termbase, readonly=True) if options.termbase else open_core()
    with opened as base:
        for source, target in zip(options.texts[::2], options.texts[1::2], strict=True):
            bitext = align([read_document(parse_request(text)) for text in (source, target)])
            terms = KnownTerms(base, bitext.documents[0].language, "en", date=options.as_of)
            report = check(pairs_of_bitext(bitext), terms, target_chinese=False)
            for finding in report.findings:
                its = key(finding, report)
                found[its[1]] += 1
                known[its[1]] += its in judged
                right[its[1]] += judged.get(its, False)
                if options.list:
                    print(*its, "right" if judged.get(its) else "", finding.message, sep="\t")
    for code in sorted(found):
        share = f"{right[code] / known[code]:.2f}" if known[code] else "-"
        print(f"{code}  findings {found[code]:4}  judged {known[code]:4}  right {share}")
    share = f"{right.total() / known.total():.2f}" if known.total() else "-"
    print(f"all   findings {found.total():4}  judged {known.total():4}  right {share}")


if __name__ == "__main__":
    main()
