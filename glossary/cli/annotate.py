"""``tifa annotate``: a text with its terms marked."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.termbases import (
    AS_OF_OPTION,
    TERMBASE_OPTION,
    given_date,
    open_for_reading,
    painter,
)

__all__ = ["annotate"]


class AnnotationFormat(enum.StrEnum):
    """Where the renderings go."""

    INLINE = "inline"
    MARGIN = "margin"
    JSON = "json"
    HTML = "html"


def annotate(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text, in any form tifa reads.")],
    *,
    termbase: Annotated[Path | None, TERMBASE_OPTION] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    unknown: Annotated[
        bool, typer.Option(help="Mark unknown formulations of a Chinese text too.")
    ] = True,
    output: Annotated[
        AnnotationFormat,
        typer.Option(
            "--format", help="Renderings behind the terms, below each sentence, JSON, or a page."
        ),
    ] = AnnotationFormat.INLINE,
    file: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where the page goes.")
    ] = None,
    terms: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Also write the known terms of the text to a glossary file, as tifa export does.",
        ),
    ] = None,
) -> None:
    """Mark the terms of a text that the termbase knows, with their renderings, and unknown ones."""
    import json

    from glossary.annotate import annotate as run
    from glossary.annotate.annotation import LEAST_UNKNOWN
    from glossary.annotate.display import summary, to_inline, to_json, to_margin
    from glossary.errors import UsageError
    from glossary.lookup.known_terms import KnownTerms
    from glossary.model import is_chinese
    from glossary.texts import parse_request, read_document

    if (file is None) is (output is AnnotationFormat.HTML):
        raise UsageError(
            "a page needs a file, and only a page does", cure="add --format html -o FILE.html"
        )
    document = read_document(parse_request(text))
    target = "en" if is_chinese(document.language) else "zh-Hans"
    with open_for_reading(termbase) as base:
        known = KnownTerms(base, document.language, target, date=given_date(as_of))
        annotation = run(document, known, least_unknown=LEAST_UNKNOWN if unknown else None)
    if terms is not None:
        from glossary.termbase.glossary_files import write_glossary

        for loss in write_glossary(annotation.glossary(), terms):
            typer.echo(f"tifa: {terms}: not carried: {loss}", err=True)
    if file is not None:
        from glossary.annotate.page import write_page

        write_page(annotation, file)
    elif output is AnnotationFormat.JSON:
        typer.echo(json.dumps(to_json(annotation), ensure_ascii=False, indent=2))
    else:
        show = to_inline if output is AnnotationFormat.INLINE else to_margin
        typer.echo(show(annotation, painter()))
    typer.echo(summary(annotation), err=True)
    if not annotation.marks:
        raise typer.Exit(1)
