"""``tifa align``: renditions of a text, sentence by sentence."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glossary.errors import UsageError

__all__ = ["align"]


class AlignmentFormat(StrEnum):
    """How an alignment is written."""

    TSV = "tsv"
    JSONL = "jsonl"
    LADDER = "ladder"
    TMX = "tmx"


class AlignmentMode(StrEnum):
    """What the alignment rests on."""

    AUTO = "auto"
    FAST = "fast"
    WORDS = "words"


def align(
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT...",
            help="Two or more renditions of one text, the original first; each may say what it is: "
            "FILE:authority=official,date=2023-05-05.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Write there instead of to stdout."),
    ] = None,
    output: Annotated[
        AlignmentFormat | None,
        typer.Option(
            "--format",
            help="A table, JSON lines, a ladder ([0]:[0,1], two texts only) or TMX; by default "
            "what the name of FILE says, else a table.",
        ),
    ] = None,
    presegmented: Annotated[
        bool, typer.Option("--presegmented", help="The files hold one sentence a line.")
    ] = False,
    mode: Annotated[
        AlignmentMode,
        typer.Option(
            help="fast aligns with the sentence encoder, words by dictionary, numbers and lengths "
            "alone; auto takes fast if the encoder can be loaded.",
        ),
    ] = AlignmentMode.AUTO,
) -> None:
    """Align renditions of a text sentence by sentence, with what has no counterpart.

    Exits with 1 if two texts do not look like renditions of each other.
    """
    from glossary.align import align as run
    from glossary.align import looks_unrelated
    from glossary.align.relation import relation
    from glossary.files import write_text
    from glossary.texts import parse_request, read_document, read_sentences, unique_requests

    chosen = _format(output, out)
    requests = unique_requests(parse_request(text) for text in texts)
    read = read_sentences if presegmented else read_document
    documents = [read(request) for request in requests]
    bitext = run(documents, mode=mode.value)
    if chosen is AlignmentFormat.TMX and out is not None:
        from glossary.build.memory import memory_of
        from tmx import tmx14

        tmx14.dump(memory_of(bitext, {}), out)
    else:
        from glossary.align import tables

        renderers = {
            AlignmentFormat.JSONL: tables.to_json_lines,
            AlignmentFormat.LADDER: tables.to_ladder,
        }
        render = renderers.get(chosen, tables.to_tsv)
        if out is None:
            sys.stdout.write(render(bitext))
        else:
            write_text(out, render(bitext))
    print(bitext.method, file=sys.stderr)  # noqa: T201
    unrelated = False
    for number, document in enumerate(bitext.documents[1:], start=1):
        if looks_unrelated(bitext, number):
            unrelated = True
            found = relation(bitext, number)
            print(  # noqa: T201
                f"tifa: {document.source.id} does not look like a rendition of "
                f"{bitext.documents[0].source.id}: {found.pivot:.0%} of the one and "
                f"{found.rendition:.0%} of the other could be paired",
                file=sys.stderr,
            )
    if unrelated:
        raise typer.Exit(1)


def _format(given: AlignmentFormat | None, out: Path | None) -> AlignmentFormat:
    if given is None:
        suffix = out.suffix[1:].lower() if out else "tsv"
        known = {item.value: item for item in AlignmentFormat} | {"align": AlignmentFormat.LADDER}
        if suffix not in known:
            raise UsageError(
                f"{out} does not say in which format to write", cure="add --format tsv"
            )
        given = known[suffix]
    if given is AlignmentFormat.TMX and out is None:
        raise UsageError("TMX is written to a file", cure="add -o FILE.tmx")
    return given
