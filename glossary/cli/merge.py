"""``tifa merge``: another glossary into a termbase or a text."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from glossary.model import Glossary
    from glossary.termbase.merging import Conflict, Decide, Merge

__all__ = ["merge"]


class Conflicts(enum.StrEnum):
    """What becomes of a field that the two sides changed in different ways."""

    REFUSE = "refuse"
    SKIP = "skip"
    OVERWRITE = "overwrite"
    ASK = "ask"


def merge(
    into: Annotated[
        Path, typer.Argument(help="The termbase, .tifa text or other glossary file to merge into.")
    ],
    other: Annotated[Path, typer.Argument(help="What is merged in, in any of these forms.")],
    *,
    base: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What both were made from: makes it a three-way merge."),
    ] = None,
    conflicts: Annotated[
        Conflicts,
        typer.Option(
            help="Where both changed the same field: list it and write nothing, keep "
            "ours, take theirs, or ask."
        ),
    ] = Conflicts.REFUSE,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write there and leave INTO alone."),
    ] = None,
    who: Annotated[str, typer.Option(help="Who is recorded as having merged.")] = "",
) -> None:
    """Merge two glossaries, concept by concept and field by field."""
    from glossary.termbase import is_termbase
    from glossary.termbase.collections import is_text, read_collection, write_text_form
    from glossary.termbase.glossary_files import write_glossary
    from glossary.termbase.merging import merge as merged

    ours = read_collection(into)
    result = merged(
        ours,
        read_collection(other),
        _decide(conflicts),
        read_collection(base) if base else None,
    )
    if conflicts is Conflicts.REFUSE and result.conflicts:
        for conflict in result.conflicts:
            typer.echo(_describe(conflict))
        typer.echo(
            f"tifa: {len(result.conflicts)} conflicts, nothing written; "
            "choose with --conflicts skip, overwrite or ask",
            err=True,
        )
        raise typer.Exit(1)
    if output is None and is_termbase(into):
        _apply(into, ours, result, f"merge {other}", who)
    elif output is None and is_text(into):
        write_text_form(result.glossary, into)
    else:
        for loss in write_glossary(result.glossary, output or into):
            typer.echo(f"tifa: {output or into}: not carried: {loss}", err=True)
    typer.echo(
        f"{output or into}: {len(result.added)} concepts added, {len(result.changed)} changed, "
        f"{len(result.removed)} removed, {len(result.conflicts)} conflicts decided"
    )


def _decide(conflicts: Conflicts) -> Decide:
    return _ask if conflicts is Conflicts.ASK else lambda _: conflicts is Conflicts.OVERWRITE


def _ask(conflict: Conflict) -> bool:
    typer.echo(_describe(conflict), err=True)
    while True:
        answer = typer.prompt("Keep (o)urs or take (t)heirs", err=True).strip().lower()
        if answer in ("o", "ours", "t", "theirs"):
            return bool(answer.startswith("t"))


def _describe(conflict: Conflict) -> str:
    from glossary.publish.difference import describe_value

    ours, theirs = describe_value(conflict.ours), describe_value(conflict.theirs)
    return f"{conflict.place}: {conflict.field.replace('_', ' ')}: ours {ours}; theirs {theirs}"


def _apply(path: Path, ours: Glossary, result: Merge, what: str, who: str) -> None:
    """Write the outcome of a merge into a termbase as one step, which can be taken back."""
    from glossary.errors import OutputError
    from glossary.termbase import Termbase, timestamp

    at = timestamp(wall_clock=True)
    with Termbase.open(path) as base, base.transaction(what, who=who, at=at):
        if base.glossary() != ours:
            raise OutputError(
                "was changed by another program meanwhile", place=path, cure="merge again"
            )
        base.remove_concepts(result.removed)
        base.add_sources(result.glossary.sources)
        base.add_concepts((*result.changed, *result.added))
