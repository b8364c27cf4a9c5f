"""``tifa publish``: a termbase as a book that people read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.termbases import (
    AS_OF_OPTION,
    AUTHORITY_OPTION,
    READ_OPTION,
    SINCE_OPTION,
    SOURCE_OPTION,
    SUBJECT_OPTION,
    UNTIL_OPTION,
    given_date,
    open_for_reading,
    reads_core,
)
from glossary.errors import OutputError, UsageError
from glossary.model import ReviewState

__all__ = ["publish"]


class Product(StrEnum):
    """What is published."""

    PDF = "pdf"
    SITE = "site"


def publish(
    product: Annotated[Product, typer.Argument(help="A book to print, or a folder of web pages.")],
    *,
    termbase: Annotated[Path | None, READ_OPTION] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="OUT", help="By default glossary.pdf, or the folder site."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file, or replace the site.")
    ] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="Title.")] = "",
    subtitle: Annotated[str, typer.Option(metavar="TEXT", help="PDF: Line under the title.")] = "",
    interface: Annotated[
        str,
        typer.Option(metavar="LANGUAGE", help="Headings and explanations in en, zh or bilingual."),
    ] = "en",
    layout: Annotated[
        str,
        typer.Option(
            metavar="LAYOUT",
            help="PDF: book, with title page, contents and index, or list.",
        ),
    ] = "book",
    paper: Annotated[str, typer.Option(metavar="PAPER", help="PDF: a4, a5 or us-letter.")] = "a4",
    contexts: Annotated[
        bool, typer.Option("--contexts", help="PDF: print a sentence of proof with each entry.")
    ] = False,
    index: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="PDF: index of a book: english, or strokes or radicals of the first characters; "
            "may be given again. By default english.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="PDF: a typst file to use instead of the bundled one."),
    ] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    min_authority: Annotated[
        str,
        AUTHORITY_OPTION,
    ] = "machine",
    status: Annotated[
        list[str] | None,
        typer.Option(metavar="STATUS", help="Only renderings of that status; may be given again."),
    ] = None,
    review: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATE",
            help="Only concepts in that state: unreviewed, accepted, edited or rejected; may be "
            "given again. By default all but rejected.",
        ),
    ] = None,
    subject: Annotated[str, SUBJECT_OPTION] = "",
    source: Annotated[str, SOURCE_OPTION] = "",
    since: Annotated[str | None, SINCE_OPTION] = None,
    until: Annotated[str | None, UNTIL_OPTION] = None,
) -> None:
    """Publish a termbase, or a part of it, for people to read."""
    from glossary.lookup import Filters
    from glossary.publish.pdf import write_pdf
    from glossary.publish.selection import PUBLISHED_STATES, select
    from glossary.publish.site import write_site
    from glossary.termbase.core import CORE_TITLE

    filters = Filters.from_labels(
        min_authority=min_authority,
        statuses=status or (),
        subject=subject,
        source=source,
        since=since,
        until=until,
    )
    states = frozenset(map(_state, review)) if review else PUBLISHED_STATES
    if reads_core(termbase):
        title = title or CORE_TITLE
    with open_for_reading(termbase) as base:
        glossary = select(base.glossary(title), filters, states, date=given_date(as_of))
    if product is Product.SITE:
        target = out or Path("site")
        files = write_site(glossary, target, title=title, language=interface, force=force)
        typer.echo(f"{target}: {len(glossary.concepts)} entries in {files} files")
        return
    target = out or Path("glossary.pdf")
    if target.exists() and not force:
        raise OutputError(
            "exists already", place=target, cure="name another with -o, or overwrite with --force"
        )
    write_pdf(
        glossary,
        target,
        title=title,
        subtitle=subtitle,
        layout=layout,
        paper=paper,
        language=interface,
        contexts=contexts,
        indexes=index or ("english",),
        template=template,
    )
    typer.echo(f"{target}: {len(glossary.concepts)} entries")


def _state(label: str) -> ReviewState:
    try:
        return ReviewState(label.strip().lower())
    except ValueError as error:
        known = ", ".join(ReviewState)
        raise UsageError(f"unknown review state {label!r}; known are {known}") from error
