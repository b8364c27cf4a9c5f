"""``tifa pretranslate``: a file to be translated, filled from a memory and a termbase."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.match import (
    MEMORY_OPTION,
    PENALTY_OPTION,
    TERMS_OPTION,
    THRESHOLD_OPTION,
    open_terms,
)
from glossary.cli.termbases import AS_OF_OPTION, find_termbase, given_date
from glossary.errors import OutputError, UsageError

if TYPE_CHECKING:
    from glossary.memory import TranslationMemory

__all__ = ["pretranslate"]

_XLIFF = (".xlf", ".xliff", ".xlif", ".sdlxliff", ".mqxliff", ".mxliff")


def pretranslate(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="XLIFF 1.x or 2.x, or a text in any format, as DOCX."),
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="The XLIFF to write.")],
    memory: Annotated[Path | None, MEMORY_OPTION] = None,
    termbase: Annotated[Path | None, TERMS_OPTION] = None,
    threshold: Annotated[int, THRESHOLD_OPTION] = 70,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="At most N matches a segment.")
    ] = 3,
    penalty: Annotated[list[str] | None, PENALTY_OPTION] = None,
    terms: Annotated[
        bool, typer.Option("--terms/--no-terms", help="Add the known terms of each segment.")
    ] = True,
    xliff: Annotated[
        str,
        typer.Option(metavar="VERSION", help="Of the XLIFF made from a text: 1.2, 2.0 or 2.1."),
    ] = "1.2",
    target: Annotated[
        str,
        typer.Option(
            metavar="TAG", help="Language of the XLIFF made from a text; by default the memory's."
        ),
    ] = "",
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
) -> None:
    """Fill a file for translation with matches from a memory and terms from a termbase."""
    from glossary.files import atomic_path
    from glossary.memory import KnownTerms, Penalties, TranslationMemory
    from glossary.memory.new_xliff import VERSIONS
    from glossary.memory.pretranslate import Resources
    from glossary.memory.pretranslate import pretranslate as fill

    date = given_date(as_of)
    points = Penalties.from_labels(penalty or ())
    if xliff not in VERSIONS:
        raise UsageError(f"XLIFF {xliff!r} is not written", cure=f"one of {', '.join(VERSIONS)}")
    if out.exists() and not force:
        raise OutputError("exists already", place=out, cure="choose another name, or --force")
    path = find_termbase(memory)
    opened = functools.cache(functools.partial(TranslationMemory.open, path))
    data, place = _xliff_of(file, opened, target, xliff)
    with open_terms(termbase, path) as base:

        @functools.cache
        def known(source: str, wanted: str) -> KnownTerms | None:
            return KnownTerms(base, source, wanted, date=date) if terms else None

        done = fill(
            data,
            place,
            Resources(opened, known, threshold=threshold, limit=limit, penalties=points),
        )
    with atomic_path(out) as temporary:
        temporary.write_bytes(done.data)
    typer.echo(
        f"{out}: {done.segments} segments to translate: {done.filled} filled with exact matches, "
        f"{done.candidates} with candidates, {done.terms} with terms"
    )


def _xliff_of(
    file: str, memory: Callable[[str], TranslationMemory], target: str, version: str
) -> tuple[bytes, Path]:
    """Return the XLIFF to fill: the file itself, or one made from a text."""
    from glossary.texts import parse_request, read_document
    from glossary.texts.document import read_bytes

    request = parse_request(file)
    if request.path.name.lower().endswith(_XLIFF):
        if target:
            raise UsageError("--target is for texts", cure="an XLIFF says itself what it is")
        return read_bytes(request.path), request.path
    from glossary.memory.new_xliff import xliff_of
    from tmx.languages import exchange_tag, internal_tag

    document = read_document(request)
    language = target or exchange_tag(internal_tag(memory(document.language).target_languages()[0]))
    return xliff_of(document, language, version=version), request.path
