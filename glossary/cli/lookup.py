"""``tifa lookup``: what a term is in the other language, with proof."""

from __future__ import annotations

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
    OutputFormat,
    given_date,
    open_for_reading,
    painter,
    say_nothing_found,
)

__all__ = ["lookup"]


def lookup(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help="Chinese, English, pinyin (with or without tones) or the initials of pinyin.",
        ),
    ],
    *,
    termbase: Annotated[Path | None, READ_OPTION] = None,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Text for people, or JSON.")
    ] = OutputFormat.TEXT,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only terms that are the query, apart from case.")
    ] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most N concepts.")] = 10,
    min_authority: Annotated[
        str,
        AUTHORITY_OPTION,
    ] = "machine",
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help="Only renderings of that status: preferred, "
            "admitted, deprecated or superseded; may be given again.",
        ),
    ] = None,
    subject: Annotated[str, SUBJECT_OPTION] = "",
    source: Annotated[str, SOURCE_OPTION] = "",
    since: Annotated[str | None, SINCE_OPTION] = None,
    until: Annotated[str | None, UNTIL_OPTION] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
) -> None:
    """Find terms in a termbase and show their renderings, with a sentence of proof each."""
    from glossary.lookup import Filters, suggest
    from glossary.lookup import lookup as find
    from glossary.lookup.display import to_json, to_text

    filters = Filters.from_labels(
        min_authority=min_authority,
        statuses=status or (),
        subject=subject,
        source=source,
        since=since,
        until=until,
    )
    words = " ".join(query)
    date = given_date(as_of)
    with open_for_reading(termbase) as base:
        matches = find(base, words, limit=limit, exact=exact, filters=filters, as_of=date)
        sources = {known.id: known for known in base.sources()}
        near = [] if matches else suggest(base, words)
    if output is OutputFormat.JSON:
        import json

        typer.echo(json.dumps(to_json(matches, sources), ensure_ascii=False, indent=2))
    elif matches:
        typer.echo(to_text(matches, sources, painter()))
    if not matches:
        say_nothing_found(words, near)
