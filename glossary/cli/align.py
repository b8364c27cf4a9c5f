"""``tifa align``: renditions of a text, sentence by sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from glossary.align.formats import SavedBead
    from glossary.model import Bitext, Document

__all__ = ["align"]


class AlignmentFormat(StrEnum):
    """How an alignment is written."""

    TSV = "tsv"
    XLSX = "xlsx"
    HTML = "html"
    JSONL = "jsonl"
    LADDER = "ladder"
    HUNALIGN = "hunalign"
    INTERTEXT = "intertext"
    XLIFF = "xliff"
    TMX = "tmx"


#: Formats by what the name of a file may end in besides the format's own name.
_ENDINGS = {
    "htm": AlignmentFormat.HTML,
    "align": AlignmentFormat.LADDER,
    "xml": AlignmentFormat.INTERTEXT,
    "xlf": AlignmentFormat.XLIFF,
}
_TO_STDOUT = {
    AlignmentFormat.TSV,
    AlignmentFormat.JSONL,
    AlignmentFormat.LADDER,
    AlignmentFormat.HUNALIGN,
}
#: Those that can say that a bead set by hand is no longer in the texts.
_FOR_REVIEW = {AlignmentFormat.TSV, AlignmentFormat.XLSX}
#: Passages that were moved, left out or added of which a line is said; the files show all.
_PASSAGES_SAID = 20


class AlignmentMode(StrEnum):
    """What the alignment rests on."""

    AUTO = "auto"
    FAST = "fast"
    BEST = "best"
    WORDS = "words"


def align(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT...",
            help="Two or more renditions of one text; each may say what it is: "
            "FILE:authority=official,date=2023-05-05.",
        ),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Write there instead of to stdout."),
    ] = None,
    output: Annotated[
        AlignmentFormat | None,
        typer.Option(
            "--format",
            help="How to write it; by default what the name of FILE says, else tsv. xlsx and tsv "
            "are for correcting; ladder is [0]:[0,1], two texts only.",
        ),
    ] = None,
    from_review: Annotated[
        Path | None,
        typer.Option(
            "--from-review",
            metavar="FILE",
            help="Take what a person has set in this alignment: with TEXTs, align the rest around "
            "it anew; without, take the texts from the file as well.",
        ),
    ] = None,
    presegmented: Annotated[
        bool, typer.Option("--presegmented", help="The files hold one sentence a line.")
    ] = False,
    mode: Annotated[
        AlignmentMode,
        typer.Option(
            help="fast aligns with the sentence encoder; best looks again with the token-level "
            "one (extra neural) where that leaves doubt; words rests on dictionary, numbers and "
            "lengths alone; auto takes the best that is installed and not too slow for the length.",
        ),
    ] = AlignmentMode.AUTO,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway", help="Go on with texts in the wrong language or unrelated to each other."
        ),
    ] = False,
) -> None:
    """Align renditions of a text sentence by sentence, with what has no counterpart.

    Exits with 1 if two texts do not look like renditions of each other.
    """
    from glossary.align.formats.files import is_ladder, load_alignment
    from glossary.align.formats.ladders import load_ladder
    from glossary.align.formats.saved import saved_bitext
    from glossary.align.realign import realign
    from glossary.align.renditions import align as run
    from glossary.align.renditions import with_columns

    chosen = _format(output, out)
    documents = _read(texts or [], presegmented=presegmented, anyway=anyway)
    gone: Sequence[SavedBead] = ()
    if from_review is None:
        bitext = run(documents, mode=mode.value)
        bitext = with_columns(bitext, [document.source.id for document in documents])
    elif is_ladder(from_review):
        bitext = load_ladder(from_review, documents)
    else:
        saved = load_alignment(from_review)
        if documents:
            result = realign(documents, saved, from_review, mode=mode.value)
            bitext, gone = result.bitext, result.gone
        else:
            bitext, gone = saved_bitext(saved, from_review), saved.gone
            _say(saved.warnings)
    _write(bitext, gone, chosen, out)
    _say([bitext.method])
    _say(_lost(gone, chosen))
    if not _unrelated(bitext):
        _say(_changed(bitext))
    elif not anyway:
        raise typer.Exit(1)


def _read(texts: Sequence[str], *, presegmented: bool, anyway: bool) -> list[Document]:
    from glossary.align.languages import language_doubts
    from glossary.texts import parse_request, read_document, read_sentences, unique_requests

    read = read_sentences if presegmented else read_document
    documents = [read(request) for request in unique_requests(map(parse_request, texts))]
    doubts = list(language_doubts(documents))
    if doubts and not anyway:
        raise BadInputError("; ".join(doubts), cure="add --anyway to go on")
    return documents


def _write(
    bitext: Bitext, gone: Sequence[SavedBead], chosen: AlignmentFormat, out: Path | None
) -> None:
    from glossary.files import write_text

    if out is not None and chosen not in _TO_STDOUT:
        _write_file(bitext, gone, chosen, out)
        return
    text = _rendered(bitext, gone, chosen)
    if out is None:
        sys.stdout.write(text)
    else:
        write_text(out, text)


def _rendered(bitext: Bitext, gone: Sequence[SavedBead], chosen: AlignmentFormat) -> str:
    from glossary.align.formats import jsonl, ladders, tsv

    if chosen is AlignmentFormat.TSV:
        return tsv.to_tsv(bitext, gone)
    if chosen is AlignmentFormat.JSONL:
        return jsonl.to_json_lines(bitext)
    if chosen is AlignmentFormat.LADDER:
        return ladders.to_ladder(bitext)
    return ladders.to_hunalign(bitext)


def _write_file(
    bitext: Bitext, gone: Sequence[SavedBead], chosen: AlignmentFormat, out: Path
) -> None:
    from glossary.align.formats import intertext, workbook, xliff
    from glossary.publish.alignment import REVIEW_BELOW, write_alignment

    if chosen is AlignmentFormat.XLSX:
        workbook.write_workbook(bitext, out, review_below=REVIEW_BELOW, gone=gone)
    elif chosen is AlignmentFormat.HTML:
        from glossary.model import Glossary

        write_alignment(bitext, Glossary(()), out)
    elif chosen is AlignmentFormat.INTERTEXT:
        intertext.write_intertext(bitext, out)
    elif chosen is AlignmentFormat.XLIFF:
        xliff.write_xliff(bitext, out)
    else:
        from glossary.align.renditions import pivot_first, with_columns
        from glossary.build.memory import memory_of
        from tmx import tmx14

        if len(bitext.documents) > 2:
            # A memory has one source language: that of the pivot, which all were aligned with.
            ids = [bitext.documents[at].source.id for at in pivot_first(bitext.documents)]
            bitext = with_columns(bitext, ids)
        tmx14.dump(memory_of(bitext, {}), out)


def _lost(gone: Sequence[SavedBead], chosen: AlignmentFormat) -> list[str]:
    kept = "kept at the end" if chosen in _FOR_REVIEW else "keep the file it comes from"
    return [
        f"tifa: set by hand and no longer in the texts ({kept}): "
        + " | ".join("".join(group)[:40] or "–" for group in bead.groups)
        for bead in gone
    ]


def _changed(bitext: Bitext) -> list[str]:
    """Return a line for each passage that a rendition moved, left out or added."""
    from glossary.align.passages import changed_passages, describe
    from glossary.align.renditions import pivot_first

    pivot, *others = pivot_first(bitext.documents)
    lines = [
        f"tifa: {describe(bitext, passage, pivot=pivot)}"
        for other in others
        for passage in changed_passages(bitext, other, pivot=pivot)
    ]
    more = len(lines) - _PASSAGES_SAID
    return [*lines[:_PASSAGES_SAID], f"tifa: … and {more} passages more"] if more > 1 else lines


def _unrelated(bitext: Bitext) -> bool:
    """Say which texts do not look like renditions of the pivot; return whether there are any."""
    from glossary.align import looks_unrelated
    from glossary.align.relation import relation
    from glossary.align.renditions import pivot_first

    pivot, *others = pivot_first(bitext.documents)
    ids = [document.source.id for document in bitext.documents]
    found = [other for other in others if looks_unrelated(bitext, other, pivot=pivot)]
    for other in found:
        shares = relation(bitext, other, pivot=pivot)
        _say(
            [
                f"tifa: {ids[other]} does not look like a rendition of {ids[pivot]}: "
                f"{shares.pivot:.0%} of the one and {shares.rendition:.0%} of the other "
                "could be paired"
            ]
        )
    return bool(found)


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201


def _format(given: AlignmentFormat | None, out: Path | None) -> AlignmentFormat:
    if given is None:
        suffix = out.suffix[1:].lower() if out else AlignmentFormat.TSV.value
        known = _ENDINGS | {item.value: item for item in AlignmentFormat}
        if suffix not in known:
            raise UsageError(
                f"{out} does not say in which format to write", cure="add --format tsv"
            )
        given = known[suffix]
    if given not in _TO_STDOUT and out is None:
        raise UsageError(f"{given} is written to a file", cure=f"add -o FILE.{given}")
    return given
