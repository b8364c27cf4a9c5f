"""``tifa lookup``: what a term is in the other language, with proof."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.completion import complete_term
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
from glossary.errors import UsageError

if TYPE_CHECKING:
    from glossary.lookup import Match
    from glossary.termbase import Termbase

__all__ = ["lookup"]


def lookup(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY]",
            help="Chinese, English, pinyin (with or without tones) or the initials of pinyin; "
            "without it queries are asked for, or read from stdin line by line.",
            autocompletion=complete_term,
        ),
    ] = None,
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

    filters = Filters.from_labels(
        min_authority=min_authority,
        statuses=status or (),
        subject=subject,
        source=source,
        since=since,
        until=until,
    )
    date = given_date(as_of)
    if not query and sys.stdin.isatty():
        from glossary.cli.lookup_prompt import ask

        # Before a termbase is opened: without the prompt's package there is nothing to ask with.
        ask_with = ask()
    with open_for_reading(termbase) as base:

        def answer(words: str) -> bool:
            """Print what is found for a query, or on stderr that nothing is."""
            matches = find(base, words, limit=limit, exact=exact, filters=filters, as_of=date)
            _show(base, matches, output, one_line=not query)
            if not matches:
                say_nothing_found(words, suggest(base, words))
            return bool(matches)

        if query:
            found = answer(" ".join(query))
        elif sys.stdin.isatty():
            ask_with(base, answer)
            found = True
        else:
            found = _answer_lines(answer)
    if not found:
        raise typer.Exit(1)


def _show(base: Termbase, matches: list[Match], output: OutputFormat, *, one_line: bool) -> None:
    from glossary.lookup.display import to_json, to_text

    sources = {known.id: known for known in base.sources()}
    if output is OutputFormat.JSON:
        import json

        indent = None if one_line else 2
        typer.echo(json.dumps(to_json(matches, sources), ensure_ascii=False, indent=indent))
    elif matches:
        typer.echo(to_text(matches, sources, painter()) + "\n" * one_line)


def _answer_lines(answer: Callable[[str], bool]) -> bool:
    """Answer the queries of stdin, a line each, and return whether something was found."""
    queries = [line.strip() for line in sys.stdin if line.strip()]
    if not queries:
        raise UsageError("nothing was asked", cure="tifa lookup 网络强国")
    answers = [answer(words) for words in queries]
    return any(answers)
