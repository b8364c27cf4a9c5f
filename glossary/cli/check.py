"""``tifa check``: a translation against the termbase."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.termbases import (
    AS_OF_OPTION,
    TERMBASE_OPTION,
    given_date,
    open_for_reading,
    painter,
)

if TYPE_CHECKING:
    from glossary.check import Checked

__all__ = ["check"]


class CheckFormat(enum.StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


def check(
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE [TARGET]",
            help="A text and its translation, which are aligned, or one TMX or XLIFF file.",
        ),
    ],
    *,
    termbase: Annotated[Path | None, TERMBASE_OPTION] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    min_score: Annotated[
        float,
        typer.Option(min=0, max=1, help="Least score of concepts that nobody has reviewed."),
    ] = 0.4,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="Text for people, JSON, SARIF, or a page.")
    ] = CheckFormat.TEXT,
    file: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where the page goes.")
    ] = None,
) -> None:
    """Check a translation against the termbase; exit with 1 if there are findings."""
    import json

    from glossary.check import check as run
    from glossary.check.display import to_json, to_sarif, to_text
    from glossary.errors import UsageError
    from glossary.lookup.known_terms import KnownTerms
    from glossary.model import is_chinese

    if (file is None) is (output is CheckFormat.HTML):
        raise UsageError(
            "a page needs a file, and only a page does", cure="add --format html -o FILE.html"
        )
    pairs, *languages = _pairs(texts)
    with open_for_reading(termbase) as base:
        known = KnownTerms(base, *languages, date=given_date(as_of), least=min_score)
        report = run(pairs, known, target_chinese=is_chinese(languages[1]))
    if file is not None:
        from glossary.check.page import write_page

        write_page(report, file, title=" → ".join(texts), languages=(languages[0], languages[1]))
    elif output is CheckFormat.TEXT:
        typer.echo(to_text(report, painter()))
    else:
        plain = to_json(report) if output is CheckFormat.JSON else to_sarif(report, texts[-1])
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    if report.findings:
        raise typer.Exit(1)


def _pairs(texts: list[str]) -> tuple[list[Checked], str, str]:
    from glossary.check.pairs import pairs_of_bitext, pairs_of_file
    from glossary.errors import UsageError

    if len(texts) == 1:
        return pairs_of_file(Path(texts[0]))
    if len(texts) > 2:
        raise UsageError(f"{len(texts)} texts; a check takes a source and one translation")
    from glossary.align import align
    from glossary.texts import parse_request, read_document, unique_requests

    requests = unique_requests(parse_request(text) for text in texts)
    bitext = align([read_document(request) for request in requests])
    source, target = (document.language for document in bitext.documents)
    return pairs_of_bitext(bitext), source, target
