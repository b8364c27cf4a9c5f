"""The outcome of a check as one printable page: both sentences with the findings marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from glossary.check.display import summary
from glossary.check.findings import Checked, Finding, Report, Usage
from glossary.files import write_text
from glossary.publish.markup import SELF_CONTAINED, Markup, element, page, resource

__all__ = ["write_page"]


def write_page(report: Report, path: Path, *, title: str, languages: tuple[str, str]) -> None:
    """Write the findings as a page that needs nothing but itself.

    Args:
        report: the outcome.
        path: of the page, which is replaced if it is there.
        title: what was checked.
        languages: BCP 47 tags of the two sides.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    by_pair: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_pair[finding.pair].append(finding)
    rows = [
        _row(report.pairs[number], findings, languages)
        for number, findings in sorted(by_pair.items())
    ]
    head = element("tr", *(element("th", text) for text in ("Place", "Source", "Target")))
    write_text(
        path,
        page(
            element("header", element("h1", title), element("p", summary(report))),
            element("main", element("table", element("thead", head), rows), _usages(report)),
            title=title,
            language="en",
            head=element("style", resource("check.css", "glossary.check")),
            policy=SELF_CONTAINED,
        ),
    )


def _row(pair: Checked, findings: Sequence[Finding], languages: tuple[str, str]) -> Markup:
    sides = (
        (pair.source, [finding.source_span for finding in findings]),
        (pair.target, [finding.target_span for finding in findings]),
    )
    cells = [
        element("td", _marked(text, [span for span in spans if span]), attributes={"lang": tag})
        for (text, spans), tag in zip(sides, languages, strict=True)
    ]
    items = [
        element(
            "li",
            element("strong", finding.code.id),
            f" {finding.message}",
            element("small", " · ".join(finding.expected)) if finding.expected else "",
            attributes={"class": finding.code.severity.value},
        )
        for finding in findings
    ]
    return element(
        "tbody",
        element("tr", element("th", pair.place, attributes={"scope": "row"}), cells),
        element(
            "tr", element("td"), element("td", element("ul", items), attributes={"colspan": "2"})
        ),
    )


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return a text with its spans marked; of overlapping ones the first."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(set(spans)):
        if start >= position:
            pieces += [text[position:start], element("mark", text[start:end])]
            position = end
    return [*pieces, text[position:]]


def _usages(report: Report) -> Markup:
    rows = [_usage(usage) for usage in report.usages]
    head = element("tr", *(element("th", text) for text in ("Term", "Renderings", "Not rendered")))
    return element(
        "section",
        element("h2", "Terms and their renderings"),
        element("table", element("thead", head), element("tbody", rows)),
    )


def _usage(usage: Usage) -> Markup:
    forms = ", ".join(f"{text} {len(places)}×" for text, places in usage.renderings)
    missing = f"{len(usage.missing)}×" if usage.missing else ""
    head = element("th", usage.concept.head, attributes={"scope": "row"})
    varied = {"class": "warning"} if len(usage.renderings) > 1 else None
    return element("tr", head, element("td", forms, attributes=varied), element("td", missing))
