"""``tifa harvest``: the term pairs of texts, one JSON record a line."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glossary.errors import UsageError
from glossary.model import ConceptKind

__all__ = ["harvest"]


class _Format(StrEnum):
    JSONL = "jsonl"
    TSV = "tsv"


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
    format_: Annotated[
        _Format, typer.Option("--format", help="jsonl: one concept a line; tsv: one pair a line.")
    ] = _Format.JSONL,
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
    """Print the terms of aligned texts with their renderings and proofs, best first."""
    from glossary.build.term_harvest import harvest_corpus, harvest_texts
    from glossary.harvest.records import json_lines, pair_lines

    if corpus is None:
        concepts, signature = harvest_texts(texts or [])
    elif texts:
        raise UsageError("texts and --corpus cannot both be given")
    else:
        concepts, signature = harvest_corpus(corpus)
    kept = [
        concept
        for concept in concepts
        if (not kind or concept.kind in kind)
        and (min_score is None or (concept.score is not None and concept.score.value >= min_score))
    ][:limit]
    for line in json_lines(kept) if format_ is _Format.JSONL else pair_lines(kept):
        typer.echo(line)
    if not kept:
        print("tifa: no terms found in these texts", file=sys.stderr)  # noqa: T201
    print(signature, file=sys.stderr)  # noqa: T201
