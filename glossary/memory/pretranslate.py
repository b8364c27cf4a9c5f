"""Fill XLIFF files with matches and terms; every byte that is not filled in stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from glossary.errors import BadInputError
from glossary.lookup.known_terms import KnownTerms
from glossary.memory.matching import MatchKind, TranslationMemory
from glossary.memory.penalties import Penalties
from glossary.memory.repair import repair
from glossary.memory.spliced import Edit, Element, XmlFile, scan
from glossary.memory.xliff import Dialect, Found, TranslatableUnit, insertable
from glossary.memory.xliff2 import Xliff2
from glossary.memory.xliff12 import Xliff12
from tmx.languages import exchange_tag, internal_tag

__all__ = ["Pretranslation", "Resources", "pretranslate"]


@dataclass(frozen=True, slots=True)
class Resources:
    """What a file is filled from.

    Attributes:
        memory: gives the memory for a source language.
        terms: gives the terms for a source and a target language, or None for no terms.
        threshold: the least percentage of a match.
        limit: the most matches of a segment.
    """

    memory: Callable[[str], TranslationMemory]
    terms: Callable[[str, str], KnownTerms | None]
    threshold: int = 70
    limit: int = 3
    penalties: Penalties = field(default_factory=Penalties)


@dataclass(frozen=True, slots=True)
class Pretranslation:
    """A filled file and how much was filled.

    Attributes:
        data: the file's bytes.
        segments: segments that were to be translated.
        filled: those whose target was empty and now has an exact match.
        candidates: others that now have matches to choose from.
        terms: those with known terms.
    """

    data: bytes
    segments: int
    filled: int
    candidates: int
    terms: int


@dataclass(slots=True)
class _Placed:
    """A unit, the ``file`` element it stands in, and what was found for its segments."""

    unit: TranslatableUnit
    file: int
    found: list[Found]


def pretranslate(data: bytes, place: Path, resources: Resources) -> Pretranslation:
    """Fill an XLIFF file of version 1.0 to 1.2 or 2.x.

    An empty target takes the best exact match that no penalty touches, marked as not reviewed, if
    the source has no inline codes. Other matches, and proposals for repair, become candidates; the
    terms of a segment become notes (1.2) or entries of the glossary module (2.x). Segments that
    are translated, approved or not to be translated are left alone. Filling a file again adds
    nothing new.

    Args:
        data: the file's bytes.
        place: its name, for errors.
        resources: memory, terms and settings.

    Raises:
        BadInputError: it is not well-formed XLIFF of these versions, names no source language,
            or the memory has nothing in that language.
    """
    if not data.strip():
        raise BadInputError("the file is empty", place=place, cure="export it again")
    file = XmlFile.of(data, place)
    dialect: Dialect | None = None
    units: list[_Placed] = []

    def whole(element: Element) -> bool:
        nonlocal dialect
        if dialect is None:
            dialect = _dialect(element, file, place)
        return element.local == dialect.unit

    def visit(element: Element, around: list[Element]) -> None:
        assert dialect is not None
        inside = next((one.start for one in reversed(around) if one.local == "file"), 0)
        units.append(_Placed(dialect.read(element, around), inside, []))

    scan(file, place, whole=whole, visit=visit)
    assert dialect is not None
    edits: list[Edit] = []
    fallback = ""
    for placed in units:
        placed.found = [Found() for _ in placed.unit.segments]
    for placed, around in _with_neighbours(units):
        target = placed.unit.target_language
        if not target:
            target = fallback = fallback or _usual_target(placed, resources, place)
        _find(placed, around, target, resources, place)
        edits += placed.unit.edits(placed.found, target)
    if edits and fallback:
        edits += dialect.language_edits(fallback)
    return _result(file.edited(edits), units)


def _result(data: bytes, units: Sequence[_Placed]) -> Pretranslation:
    pairs = [
        (segment, found)
        for placed in units
        for segment, found in zip(placed.unit.segments, placed.found, strict=True)
        if segment.is_open
    ]
    filled = sum(insertable(segment, found) is not None for segment, found in pairs)
    return Pretranslation(
        data,
        len(pairs),
        filled,
        sum(bool(found.matches) for _, found in pairs) - filled,
        sum(bool(found.terms) for _, found in pairs),
    )


def _dialect(root: Element, file: XmlFile, place: Path) -> Dialect:
    if root.local != "xliff":
        raise BadInputError(
            f"is not an XLIFF file: its root element is <{root.name}>",
            place=place,
            cure="pretranslate takes XLIFF 1.x and 2.x, DOCX and plain text",
        )
    version = root.attributes.get("version", "")
    if version.startswith("1."):
        return Xliff12(file)
    if version.startswith("2."):
        return Xliff2(file)
    raise BadInputError(
        f"is XLIFF of version {version!r}, which tifa does not know",
        place=place,
        cure="export it as XLIFF 1.2 or 2.1",
    )


def _with_neighbours(
    units: Sequence[_Placed],
) -> list[tuple[_Placed, list[tuple[str | None, str | None]]]]:
    """Return the units that have open segments, each with its segments' neighbours."""
    texts = [(placed.file, segment.text) for placed in units for segment in placed.unit.segments]
    around: list[tuple[str | None, str | None]] = []
    for number, (file, _) in enumerate(texts):
        before = texts[number - 1] if number else (-1, "")
        after = texts[number + 1] if number + 1 < len(texts) else (-1, "")
        around.append(
            (before[1] if before[0] == file else "", after[1] if after[0] == file else "")
        )
    result = []
    position = 0
    for placed in units:
        size = len(placed.unit.segments)
        if any(segment.is_open for segment in placed.unit.segments):
            result.append((placed, around[position : position + size]))
        position += size
    return result


def _usual_target(placed: _Placed, resources: Resources, place: Path) -> str:
    """Return the language that the memory translates to, for files that name none."""
    memory = resources.memory(_source_language(placed, place))
    return exchange_tag(internal_tag(memory.target_languages()[0]))


def _source_language(placed: _Placed, place: Path) -> str:
    if not placed.unit.source_language:
        raise BadInputError(
            "does not say which language its source is in",
            place=place,
            cure="add the attribute source-language (XLIFF 1) or srcLang (XLIFF 2)",
        )
    return placed.unit.source_language


def _find(
    placed: _Placed,
    around: Sequence[tuple[str | None, str | None]],
    target: str,
    resources: Resources,
    place: Path,
) -> None:
    source = _source_language(placed, place)
    memory, terms = resources.memory(source), resources.terms(source, target)
    for number, segment in enumerate(placed.unit.segments):
        if not segment.is_open or not segment.text.strip():
            continue
        previous, following = around[number]
        matches = memory.match(
            segment.text,
            previous=previous,
            following=following,
            threshold=resources.threshold,
            limit=resources.limit,
            target=target,
            penalties=resources.penalties,
        )
        placed.found[number] = Found(
            tuple(
                (
                    match,
                    repair(segment.text, match.entry, terms)
                    if match.kind is MatchKind.FUZZY
                    else None,
                )
                for match in matches
            ),
            terms.find(segment.text) if terms else (),
        )
