"""The outcome of a check as text for people, as plain values, and as SARIF for editors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from glossary import __version__
from glossary.check.findings import Code, Finding, Report, Severity, Usage
from glossary.lookup.display import Style, plain_text

__all__ = ["JSON_SCHEMA", "summary", "to_json", "to_sarif", "to_text"]

JSON_SCHEMA = "tifa.check/1"

_ROLES = {Severity.ERROR: "bad", Severity.WARNING: "match", Severity.NOTE: "faint"}
# Renderings named as a cure; a reader takes in no more.
_SHOWN = 3


def to_text(report: Report, style: Style = plain_text) -> str:
    """Return findings a line each, then how the terms were rendered, then the numbers."""
    lines = [_line(report, finding, style) for finding in report.findings]
    table = list(_table(report.usages))
    if table:
        lines += ["", style("Terms and their renderings", "head"), *table]
    return "\n".join([*lines, "", summary(report)])


def _line(report: Report, finding: Finding, style: Style) -> str:
    code = style(finding.code.id, _ROLES[finding.code.severity])
    cure = ""
    if finding.expected and finding.code not in (Code.INCONSISTENT, Code.UNTRANSLATED):
        cure = f" (expected: {' | '.join(finding.expected[:_SHOWN])})"
    return f"{report.pairs[finding.pair].place}: {code} {finding.message}{cure}"


def _table(usages: Sequence[Usage]) -> Iterator[str]:
    for usage in usages:
        forms = [f"{text} {len(places)}×" for text, places in usage.renderings]
        if usage.missing:
            forms.append(f"none {len(usage.missing)}×")
        yield f"  {usage.concept.head}: {', '.join(forms)}"


def summary(report: Report) -> str:
    """Return the numbers of a check in one line."""
    counts = report.counts()
    kinds = ", ".join(f"{code.id} {counts[code]}" for code in Code if counts[code]) or "no findings"
    return f"{len(report.pairs)} segments, {len(report.usages)} known terms: {kinds}"


def to_json(report: Report) -> dict[str, Any]:
    """Return the outcome as plain values."""
    return {
        "schema": JSON_SCHEMA,
        "segments": len(report.pairs),
        "findings": [
            {
                "code": finding.code.id,
                "severity": finding.code.severity.value,
                "title": finding.code.title,
                "place": report.pairs[finding.pair].place,
                "term": finding.term,
                "concept": finding.concept,
                "message": finding.message,
                "expected": list(finding.expected),
                "used": finding.used,
                "source": report.pairs[finding.pair].source,
                "target": report.pairs[finding.pair].target,
                "source_span": finding.source_span,
                "target_span": finding.target_span,
                "places": [report.pairs[number].place for number in finding.places],
            }
            for finding in report.findings
        ],
        "terms": [
            {
                "concept": usage.concept.id,
                "term": usage.concept.head,
                "renderings": [
                    {"text": text, "places": [report.pairs[number].place for number in places]}
                    for text, places in usage.renderings
                ],
                "missing": [report.pairs[number].place for number in usage.missing],
            }
            for usage in report.usages
        ],
    }


def to_sarif(report: Report, artifact: str) -> dict[str, Any]:
    """Return the findings as a SARIF 2.1.0 log (OASIS standard, 2020).

    Args:
        report: the outcome.
        artifact: path of the translation, as the user gave it; segments are logical locations,
            since the file's own lines are not those of the segments.
    """
    from urllib.parse import quote

    rules = [
        {
            "id": code.id,
            "name": code.name.title(),
            "shortDescription": {"text": code.title},
            "defaultConfiguration": {"level": code.severity.value},
        }
        for code in Code
    ]
    results = [
        {
            "ruleId": finding.code.id,
            "ruleIndex": list(Code).index(finding.code),
            "level": finding.code.severity.value,
            "message": {"text": finding.message},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": quote(artifact)}},
                    "logicalLocations": [
                        {"fullyQualifiedName": report.pairs[number].place, "kind": "element"}
                    ],
                }
                for number in (finding.places or (finding.pair,))
            ],
        }
        for finding in report.findings
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "tifa", "version": __version__, "rules": rules}},
                "results": results,
            }
        ],
    }
