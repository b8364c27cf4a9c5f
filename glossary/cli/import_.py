"""``tifa import``: glossary files into a termbase, and the last import taken back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.exchange_options import FROM_OPTION, MAP_OPTION
from glossary.cli.termbases import TERMBASE_OPTION, find_termbase, open_or_create
from glossary.termbase.existing import Existing, with_decision

if TYPE_CHECKING:
    from glossary.model import Concept

__all__ = ["import_"]


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="Glossary files: .tifa text, or any format of tifa convert that holds a glossary.",
        ),
    ] = None,
    *,
    termbase: Annotated[Path | None, TERMBASE_OPTION] = None,
    source_format: Annotated[str | None, FROM_OPTION] = None,
    columns: Annotated[list[str] | None, MAP_OPTION] = None,
    existing: Annotated[
        Existing, typer.Option(help="What becomes of a concept whose id is taken.")
    ] = Existing.REFUSE,
    who: Annotated[str, typer.Option(help="Who is recorded as having imported.")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last import or other change back.")
    ] = False,
) -> None:
    """Add the concepts and sources of glossary files to a termbase, all or nothing."""
    from glossary.errors import UsageError
    from glossary.termbase import Termbase, timestamp
    from glossary.termbase.glossary_files import read_glossary
    from tmx.table_columns import parse_mapping

    if undo == bool(files):
        raise UsageError("give files to import, or --undo alone")
    path = find_termbase(termbase)
    if undo:
        with Termbase.open(path) as base:
            step = base.undo()
        typer.echo(f"{path}: " + (f"took back: {step.what}" if step else "nothing to take back"))
        return
    mapping = parse_mapping(columns or ())
    glossaries = [read_glossary(file, source_format, mapping) for file in files or []]
    names = " ".join(str(file) for file in files or [])
    with (
        open_or_create(path) as base,
        base.transaction(f"import {names}", who=who, at=timestamp(wall_clock=True)),
    ):
        written = 0
        for glossary in glossaries:
            base.add_sources(glossary.sources)
            concepts: Iterable[Concept] = glossary.concepts
            if existing is Existing.REPLACE:
                concepts = (with_decision(new, base.concept(new.id)) for new in concepts)
            written += base.add_concepts(concepts, existing=existing)
        total = base.counts().concepts
    typer.echo(f"{path}: {written} concepts written, {total} in all")
