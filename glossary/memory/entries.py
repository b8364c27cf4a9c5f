"""The units of a translation memory as entries: one source text, one target text, what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from glossary.errors import BadInputError
from glossary.memory.units import plain_text
from glossary.model import Authority, Bitext, TranslationUnit, Variant
from glossary.termbase import Termbase, is_termbase
from tmx.languages import normalise

__all__ = ["Entry", "base_language", "entries_of"]

_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """A source text and its rendering.

    Attributes:
        source: white space as single spaces.
        language: of the target, as the memory has it.
        origin: the source or person it comes from, in the memory's words; perhaps empty.
        authority: of the rendering; None if the memory does not say.
        date: ISO 8601, perhaps reduced, or empty.
        alignment: the probability that the two belong together; None if it was not estimated.
        previous, following: the source texts before and after it; empty at an end of the text,
            None if the memory does not know.
    """

    source: str
    target: str
    language: str
    origin: str = ""
    authority: Authority | None = None
    date: str = ""
    alignment: float | None = None
    previous: str | None = None
    following: str | None = None


def base_language(tag: str) -> str:
    """Return the language of a tag without script and region: ``zh`` for ``ZH_cn`` and ``chi``."""
    return normalise(tag).partition("-")[0].lower()


def entries_of(path: Path, language: str) -> Iterator[Entry]:
    """Yield the entries of a memory whose source text is in ``language``.

    Args:
        path: a TMX file (plain, gzip or zip), a termbase, or the folder of a build.
        language: ``zh``, ``en`` or another tag without script and region.

    Raises:
        BadInputError: it is missing, damaged or neither.
    """
    if is_termbase(path):
        with Termbase.open(path, readonly=True) as base:
            for bitext in base.bitexts():
                yield from _of_bitext(bitext, language)
    else:
        yield from _of_tmx(path, language)


def _of_bitext(bitext: Bitext, language: str) -> Iterator[Entry]:
    """Yield the entries between the pivot and each other rendition, in the wanted direction."""
    spoken = [base_language(document.language) for document in bitext.documents]
    for other in range(1, len(bitext.documents)):
        if spoken[0] == language:
            yield from _of_renditions(bitext, 0, other)
        elif spoken[other] == language:
            yield from _of_renditions(bitext, other, 0)


def _of_renditions(bitext: Bitext, source: int, target: int) -> Iterator[Entry]:
    known = bitext.documents[max(source, target)].source
    beads = [bead for bead in bitext.beads if bead.members[source]]
    texts = [plain_text(bitext.text(bead, source)) for bead in beads]
    around = ["", *texts, ""]
    for number, bead in enumerate(beads):
        rendering = bitext.text(bead, target)
        if texts[number] and rendering:
            yield Entry(
                texts[number],
                rendering,
                bitext.documents[target].language,
                known.id,
                known.authority,
                known.date or "",
                bead.score,
                around[number],
                around[number + 2],
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit's source variant, and where tifa's own props say that it stands."""

    unit: TranslationUnit
    source: Variant
    text: str
    props: dict[str, str]

    def is_followed_by(self, other: _Place | None) -> bool:
        if other is None or "x-bead" not in self.props or "x-bead" not in other.props:
            return False
        here, there = self.props["x-bead"], other.props["x-bead"]
        return (
            self.props.get("x-source") == other.props.get("x-source")
            and here.isdecimal()
            and there.isdecimal()
            and int(here) + 1 == int(there)
        )


def _of_tmx(path: Path, language: str) -> Iterator[Entry]:
    from tmx import tmx14

    if not path.exists():
        raise BadInputError(
            "cannot be opened: No such file or directory",
            place=path,
            cure="name a TMX file, a termbase or the folder of a build",
        )
    before: _Place | None = None
    here: _Place | None = None
    for unit in tmx14.iter_load(path):
        after = _place(unit, language)
        if here is not None:
            yield from _of_place(here, before, after)
        before, here = here, after
    if here is not None:
        yield from _of_place(here, before, None)


def _place(unit: TranslationUnit, language: str) -> _Place | None:
    for variant in unit.variants:
        if base_language(variant.language) == language:
            text = plain_text(variant.text)
            return _Place(unit, variant, text, dict(unit.props)) if text else None
    return None


def _of_place(here: _Place, before: _Place | None, after: _Place | None) -> Iterator[Entry]:
    previous, following = _stated_context(here.props)
    if before is not None and before.is_followed_by(here):
        previous = before.text
    if after is not None and here.is_followed_by(after):
        following = after.text
    if here.props.get("x-bead") == "0":
        previous = ""
    for target in here.unit.variants:
        if target is not here.source and target.text.strip():
            yield Entry(
                here.text,
                target.text,
                target.language,
                here.props.get("x-rendition") or here.props.get("x-source", ""),
                _read(here.props, "x-authority", Authority.from_label),
                _date(target, here.unit),
                _read(here.props, "x-score", float),
                previous,
                following,
            )


def _stated_context(props: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the neighbours that a memory names: OmegaT's props, or memoQ's with their markup."""

    def stated(*names: str) -> str | None:
        for name in names:
            if name in props:
                return plain_text(re.sub(r"<[^<>]*>", "", props[name]))
        return None

    return stated("prev", "x-context-pre"), stated("next", "x-context-post")


def _read(props: dict[str, str], name: str, kind: Callable[[str], T]) -> T | None:
    try:
        return kind(props[name]) if name in props else None
    except ValueError:
        return None


def _date(target: Variant, unit: TranslationUnit) -> str:
    for attributes in (dict(target.attributes), dict(unit.attributes)):
        for name in ("changedate", "creationdate"):
            if match := _DATE.match(attributes.get(name, "")):
                return "-".join(match.groups())
    return ""
