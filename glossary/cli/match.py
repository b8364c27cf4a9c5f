"""``tifa match``: what a translation memory has for a segment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.termbases import (
    AS_OF_OPTION,
    OutputFormat,
    find_termbase,
    given_date,
    open_for_reading,
    painter,
)
from glossary.errors import UsageError

if TYPE_CHECKING:
    from glossary.termbase import Termbase

__all__ = [
    "MEMORY_OPTION",
    "PENALTY_OPTION",
    "TERMS_OPTION",
    "THRESHOLD_OPTION",
    "match",
    "open_terms",
]

MEMORY_OPTION = typer.Option(
    "-m",
    "--memory",
    metavar="MEMORY",
    help="A TMX file, a termbase or a folder that tifa build wrote; by default the termbase that "
    "tifa lookup would ask.",
)
TERMS_OPTION = typer.Option(
    "-t",
    "--termbase",
    metavar="FILE",
    help="The termbase whose terms are used; by default MEMORY if it is one, else as for lookup.",
)
THRESHOLD_OPTION = typer.Option(
    metavar="PERCENT", min=1, max=101, help="Leave out matches below it, after penalties."
)
PENALTY_OPTION = typer.Option(
    "--penalty",
    metavar="KIND=POINTS",
    help="Points taken off: official (0 by default), semi-official (1), unofficial (2), machine "
    "(10), doubtful (5: alignments below .8), year (0: for each year of age); may be given again.",
)


def match(
    segment: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SEGMENT]...", help="Sentences to match; several stand one behind the other."
        ),
    ] = None,
    *,
    file: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Match the sentences of a text in any format; - is stdin."
        ),
    ] = None,
    presegmented: Annotated[
        bool, typer.Option("--presegmented", help="FILE holds one sentence a line.")
    ] = False,
    memory: Annotated[Path | None, MEMORY_OPTION] = None,
    termbase: Annotated[Path | None, TERMS_OPTION] = None,
    threshold: Annotated[int, THRESHOLD_OPTION] = 70,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="At most N matches a segment.")
    ] = 5,
    penalty: Annotated[list[str] | None, PENALTY_OPTION] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Text for people, or JSON.")
    ] = OutputFormat.TEXT,
) -> None:
    """Find what a translation memory has for sentences: in context, exact and fuzzy matches."""
    from glossary.language.script import han_share
    from glossary.memory import KnownTerms, Penalties, TranslationMemory, repair
    from glossary.memory.display import Answer, to_json, to_text
    from glossary.memory.matching import MatchKind

    date = given_date(as_of)
    points = Penalties.from_labels(penalty or ())
    segments, around = _segments(segment or [], file, presegmented=presegmented)
    language = "zh" if han_share("".join(segments)) > 0 else "en"
    opened = TranslationMemory.open(find_termbase(memory), language)
    answers = []
    with open_terms(termbase, opened.path) as base:
        known = {
            tag: KnownTerms(base, language, tag, date=date) for tag in opened.target_languages()
        }
        for number, text in enumerate(segments):
            found = opened.match(
                text,
                previous=around[number],
                following=around[number + 2],
                threshold=threshold,
                limit=limit,
                penalties=points,
            )
            pairs = tuple(
                (
                    one,
                    repair(text, one.entry, known[one.entry.language])
                    if one.kind is MatchKind.FUZZY
                    else None,
                )
                for one in found
            )
            answers.append(Answer(text, pairs))
    if output is OutputFormat.JSON:
        import json

        typer.echo(json.dumps(to_json(answers), ensure_ascii=False, indent=2))
    else:
        typer.echo(to_text(answers, painter()))
    if not any(answer.matches for answer in answers):
        raise typer.Exit(1)


def open_terms(given: Path | None, memory: Path) -> Termbase:
    """Open the termbase whose terms are used: the one given, the memory, or that of lookup."""
    from glossary.termbase import is_termbase

    return open_for_reading(memory if given is None and is_termbase(memory) else given)


def _segments(
    given: list[str], file: str | None, *, presegmented: bool
) -> tuple[list[str], list[str | None]]:
    """Return the segments, and the same with what stands before the first and after the last."""
    if bool(given) == (file is not None):
        raise UsageError("there is nothing to match", cure="give sentences, or --file FILE alone")
    if file is None:
        if not all(text.strip() for text in given):
            raise UsageError("a sentence is empty", cure="put sentences between quotes")
        return given, [None, *given, None]
    from glossary.texts import parse_request, read_document, read_sentences

    read = read_sentences if presegmented else read_document
    texts = [part.text for part in read(parse_request(file)).segments]
    return texts, ["", *texts, ""]
