"""``tifa harvest``: the term pairs of texts, one JSON record a line."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.errors import UsageError
from glossary.model import Concept, ConceptKind, Source

if TYPE_CHECKING:
    from glossary.harvest.records import FindOmissions

__all__ = ["harvest"]


class _Format(StrEnum):
    JSONL = "jsonl"
    TSV = "tsv"
    TEXT = "text"


def harvest(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT...]",
            help="A Chinese text and its English renditions, or English renditions alone; each may "
            "say what it is: FILE:authority=official,date=2023-05-05.",
        ),
    ] = None,
    *,
    corpus: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|TMX",
            help="A folder with NAME.zh.txt and NAME.en.txt pairs, or one TMX file.",
        ),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep the work on a corpus there: an interrupted harvest is taken up again.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes for a corpus.",
            show_default="the available cores, at most 4",
        ),
    ] = None,
    least: Annotated[
        int,
        typer.Option(
            min=1,
            help="In a corpus of more than 2,500 pairs, leave out what stands in fewer pairs.",
        ),
    ] = 3,
    enough: Annotated[
        int,
        typer.Option(min=1, help="In such a corpus, read so many pairs of each term closely."),
    ] = 1,
    closely: Annotated[
        int,
        typer.Option(
            min=1,
            help="In such a corpus, read at most so many pairs closely: those that hold most.",
        ),
    ] = 1500,
    prior: Annotated[
        str,
        typer.Option(
            metavar="TERMBASE|none",
            help="Take what this termbase knows as evidence instead of the core glossary.",
        ),
    ] = "core",
    format_: Annotated[
        _Format,
        typer.Option(
            "--format",
            help="jsonl: one concept a line; tsv: one pair a line; text: for reading, with why a "
            "rendering is preferred.",
        ),
    ] = _Format.JSONL,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Go on with texts in the wrong language.")
    ] = False,
    kind: Annotated[
        list[ConceptKind] | None, typer.Option(help="Only this kind; may be given again.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many concepts, best first.")
    ] = None,
    min_score: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out concepts that score less.")
    ] = None,
) -> None:
    """Print the terms of aligned texts with their renderings and proofs, best first.

    Exits with 1 if no terms are found.
    """
    if texts and corpus is not None:
        raise UsageError("texts and --corpus cannot both be given")
    chosen = _Selection(kind or (), limit, min_score)
    if corpus is None:
        from glossary.build.term_harvest import harvest_texts

        found = harvest_texts(texts or [], prior=prior, anyway=anyway)
        sources = {source.id: source for source in found.sources}
        for doubt in found.doubts:
            typer.echo(f"tifa: {doubt}", err=True)
        kept = chosen.of(found.concepts)
        _print(kept, sources, format_, found.signature, found.omissions.of)
        return
    from glossary.build.corpus import CorpusOptions, default_jobs, harvest_corpus
    from glossary.cli.terminal import counted_progress

    options = CorpusOptions(
        least=least,
        enough=enough,
        closely=closely,
        jobs=jobs or default_jobs(),
        work=work,
        prior=prior,
    )
    with ExitStack() as stack:
        with counted_progress() as progress:
            harvested = stack.enter_context(harvest_corpus(corpus, options, progress))
        _print(chosen.of(harvested.concepts), harvested.sources, format_, harvested.signature)


@dataclass(frozen=True, slots=True)
class _Selection:
    kinds: Sequence[ConceptKind]
    limit: int | None
    min_score: float | None

    def of(self, concepts: Iterable[Concept]) -> Iterator[Concept]:
        kept = (
            concept
            for concept in concepts
            if (not self.kinds or concept.kind in self.kinds)
            and (concept.score.value if concept.score else 0.0) >= (self.min_score or 0.0)
        )
        return itertools.islice(kept, self.limit)


def _print(
    concepts: Iterator[Concept],
    sources: Mapping[str, Source],
    format_: _Format,
    signature: str,
    omissions: FindOmissions | None = None,
) -> None:
    from glossary.harvest.display import text_lines
    from glossary.harvest.records import json_lines, pair_lines

    first = next(concepts, None)
    found = itertools.chain(() if first is None else (first,), concepts)
    for line in {
        _Format.JSONL: lambda: json_lines(found, sources, omissions),
        _Format.TSV: lambda: pair_lines(found, omissions),
        _Format.TEXT: lambda: text_lines(found, sources, omissions),
    }[format_]():
        typer.echo(line)
    if first is None:
        print("tifa: no terms found in these texts", file=sys.stderr)  # noqa: T201
    print(signature, file=sys.stderr)  # noqa: T201
    if first is None:
        raise typer.Exit(1)
