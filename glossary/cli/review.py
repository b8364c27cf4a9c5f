"""``tifa review``: what was harvested, decided by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.keys import is_terminal
from glossary.cli.termbases import SOURCE_OPTION, TERMBASE_OPTION, find_termbase
from glossary.errors import UsageError
from glossary.model import ConceptKind, ReviewState

if TYPE_CHECKING:
    from glossary.review import Verdict
    from glossary.termbase import Termbase

__all__ = ["review"]


def review(
    *,
    termbase: Annotated[Path | None, TERMBASE_OPTION] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="Write what is to be decided to a table for filling in: .xlsx or .tsv.",
        ),
    ] = None,
    from_review: Annotated[
        Path | None,
        typer.Option(
            "--from-review",
            metavar="FILE",
            help="Carry out what a person has filled in there: all of it or, if anything cannot "
            "be understood, nothing.",
        ),
    ] = None,
    state: Annotated[
        ReviewState,
        typer.Option(help="Ask about these; by default about what nobody has decided."),
    ] = ReviewState.UNREVIEWED,
    kind: Annotated[
        list[ConceptKind] | None, typer.Option(help="Only this kind; may be given again.")
    ] = None,
    source: Annotated[str, SOURCE_OPTION] = "",
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many concepts, best first.")
    ] = None,
    who: Annotated[str, typer.Option(help="Who is recorded as having decided.")] = "",
) -> None:
    """Decide which harvested concepts are right: key by key, or in a table that is read back.

    Exits with 1 if there is nothing to decide.
    """
    from glossary.review import to_review
    from glossary.termbase import Termbase

    if out is None and from_review is None and not is_terminal():
        raise UsageError(
            "a review key by key needs a terminal",
            cure="write a table with -o review.xlsx and read it with --from-review review.xlsx",
        )
    path = find_termbase(termbase)
    if from_review is not None:
        with Termbase.open(path) as base:
            _carry_out(base, from_review, who)
        if out is None:
            return
    with Termbase.open(path, readonly=out is not None) as base:
        ids = to_review(base, state=state, kinds=kind or (), source=source, limit=limit)
        if not ids:
            typer.echo(f"tifa: {base.path}: nothing is left to decide", err=True)
            raise typer.Exit(0 if from_review else 1)
        if out is not None:
            _write(base, ids, out)
            return
        _ask(base, ids, state, who)


def _carry_out(base: Termbase, path: Path, who: str) -> None:
    from glossary.review import carry_out, read_review

    filled = read_review(path, base)
    if filled.faults:
        for fault in filled.faults:
            typer.echo(f"tifa: {fault}", err=True)
        typer.echo(f"tifa: {path}: nothing was carried out; correct this first", err=True)
        raise typer.Exit(3)
    carry_out(base, filled.verdicts, f"review {path}", who=who)
    typer.echo(
        f"{base.path}: {_counted(filled.verdicts)}, {filled.open} left open"
        + (f", {filled.overtaken} decided before" if filled.overtaken else "")
    )


def _write(base: Termbase, ids: Iterable[str], out: Path) -> None:
    from glossary.review.evidence import Evidence
    from glossary.review.files import check_name, refuse_unread, write_review
    from glossary.review.table import table_row

    check_name(out)
    refuse_unread(out, base)
    evidence = Evidence(base)
    concepts = filter(None, map(base.concept, ids))
    rows = [table_row(concept, evidence) for concept in concepts]
    write_review(rows, out, title=f"Review of {base.path.name}")
    typer.echo(f"{out}: {len(rows)} concepts to decide")


def _ask(base: Termbase, ids: Iterable[str], state: ReviewState, who: str) -> None:
    from glossary.cli.review_screen import ask
    from glossary.review.session import Session

    session = Session(base, ids, state=state, who=who)
    try:
        ask(base, session)
    finally:
        typer.echo(f"{base.path}: {_counted(session.verdicts)}, {session.left} left open")


def _counted(verdicts: Iterable[Verdict]) -> str:
    """Return how many verdicts there are of each kind: ``12 accepted, 1 merged``."""
    from glossary.review import Action

    counts = Counter(verdict.action for verdict in verdicts)
    done = {
        Action.ACCEPT: "accepted",
        Action.EDIT: "edited",
        Action.REJECT: "rejected",
        Action.MERGE: "merged",
    }
    said = [f"{counts[action]} {word}" for action, word in done.items() if counts[action]]
    return ", ".join(said) or "nothing decided"
