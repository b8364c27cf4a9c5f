"""Mend what is safe to mend in a translation memory."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Inline, Memory, TranslationUnit, Variant
from tmx import tmx14
from tmx.interface import DumpReport, LossLog
from tmx.languages import is_wellformed, normalise
from tmx.memory_writer import HEADER_DEFAULTS, tmx_date
from tmx.mojibake import mended_text
from tmx.salvage import SalvageLog, note_salvage
from tmx.unitcodes import in_codes, source_first_in

__all__ = ["repair_memory"]

_DATES = ("creationdate", "changedate", "lastusagedate")
_OMEGAT_CONTEXT = frozenset({"file", "id", "prev", "next", "path"})
_Content = tuple[str | Inline, ...]


def repair_memory(path: Path, target: Path, done: LossLog) -> DumpReport:
    """Write a TMX file again without the faults that can be mended; note them in ``done``.

    Language codes are normalised, the header is completed, white space at the ends of segments,
    control characters and duplicates are removed, empty segments are left out, two variants of one
    language become two units, the source language goes first, and properties that OmegaT takes for
    context are renamed. Units of a damaged file are saved as far as they are sound.

    Raises:
        BadInputError: nothing of the file can be read.
        OutputError: ``target`` cannot be written.
    """
    salvage = None if _is_sound(path) else SalvageLog()
    stream = tmx14.iter_load(path, salvage=salvage)
    units = iter(stream)
    first = next(units, None)
    header = _header(stream.header, first, done)
    repairer = _Repairer(header.source_language, done)
    every = units if first is None else itertools.chain((first,), units)
    report = tmx14.dump(header, target, units=repairer.repaired(every))
    if salvage is not None:
        note_salvage(salvage, done)
    return report


def _is_sound(path: Path) -> bool:
    """Return whether the whole file can be read as it stands: a sound file is never cut up."""
    try:
        for _ in tmx14.iter_load(path):
            pass
    except BadInputError:
        return False
    return True


def _header(header: Memory, first: TranslationUnit | None, done: LossLog) -> Memory:
    known = dict(header.attributes)
    missing = [name for name in HEADER_DEFAULTS if name not in known]
    done.add("header attributes, added", ", ".join(missing), len(missing))
    source = header.source_language
    if source.lower() in {"", "*all*"} and first is not None and first.variants:
        done.add("source language of the header, set", first.variants[0].language)
        source = first.variants[0].language
    return dataclasses.replace(header, source_language=_code(source, done, "the header"))


def _code(language: str, done: LossLog, place: str) -> str:
    if is_wellformed(language):
        return language
    normal = normalise(language)
    done.add("language codes, normalised", f"{place}: {language}", normal != language)
    return normal


class _Repairer:
    def __init__(self, source: str, done: LossLog) -> None:
        self._source, self._done = source, done
        self._seen: set[int] = set()
        self._number = 0

    def repaired(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield the units that are left, mended."""
        for unit in units:
            self._number += 1
            mended = self._unit(unit)
            for part in self._split(mended):
                # Hashes, not units: a million stay within some 100 MB.
                key = hash((part.variants, part.props, part.notes))
                if key in self._seen:
                    self._done.add("duplicates, left out", self._place(unit))
                else:
                    self._seen.add(key)
                    yield part

    def _place(self, unit: TranslationUnit) -> str:
        return unit.tuid or f"unit {self._number}"

    def _unit(self, unit: TranslationUnit) -> TranslationUnit:
        place = self._place(unit)
        unit = in_codes(unit, lambda code: _code(code, self._done, place))
        variants = []
        for variant in unit.variants:
            content = self._content(variant.content, place)
            if not _has_text(content):
                self._done.add("empty segments, left out", place)
                continue
            variants.append(
                dataclasses.replace(
                    variant,
                    content=content,
                    props=self._props(variant.props, place),
                    attributes=self._dates(variant.attributes, place),
                )
            )
        return dataclasses.replace(
            unit,
            variants=tuple(variants),
            props=self._props(unit.props, place),
            attributes=self._dates(unit.attributes, place),
        )

    def _split(self, unit: TranslationUnit) -> Iterator[TranslationUnit]:
        """Yield the unit with its source first; one for each further variant of a language."""
        place = self._place(unit)
        languages = [variant.language.lower() for variant in unit.variants]
        if len(set(languages)) < 2:
            self._done.add("units without a pair, left out", place)
            return
        source = dict(unit.attributes).get("srclang", self._source)
        if source.lower() in languages and languages[0] != source.lower():
            self._done.add("source languages, put first", place)
            unit = source_first_in(unit, source)
        groups: dict[str, list[Variant]] = {}
        for variant in unit.variants:
            groups.setdefault(variant.language.lower(), []).append(variant)
        most = max(map(len, groups.values()))
        if most == 1:
            yield unit
            return
        self._done.add("units with two variants of a language, split", place)
        for number in range(most):
            # A language that has fewer variants keeps its first.
            chosen = [
                group[number] if number < len(group) else group[0] for group in groups.values()
            ]
            yield dataclasses.replace(
                unit, variants=tuple(chosen), tuid=unit.tuid if number == 0 else ""
            )

    def _content(self, content: _Content, place: str) -> _Content:
        content = tuple(
            self._text(part, place) if isinstance(part, str) else part for part in content
        )
        parts = list(content)
        if parts and isinstance(parts[0], str):
            parts[0] = parts[0].lstrip()
        if parts and isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip()
        kept = tuple(part for part in parts if part != "")
        if _has_text(kept) and (parts[0] != content[0] or parts[-1] != content[-1]):
            self._done.add("white space at an end of a segment, removed", place)
        return kept

    def _text(self, text: str, place: str) -> str:
        mended = mended_text(text)
        self._done.add("control characters, mended or removed", place, mended != text)
        return mended

    def _props(self, props: tuple[tuple[str, str], ...], place: str) -> tuple[tuple[str, str], ...]:
        renamed = tuple(
            (f"x-{name}" if name in _OMEGAT_CONTEXT else name, value) for name, value in props
        )
        self._done.add("property names, put after x-", place, renamed != props)
        return renamed

    def _dates(
        self, attributes: tuple[tuple[str, str], ...], place: str
    ) -> tuple[tuple[str, str], ...]:
        for name, value in attributes:
            if name in _DATES and tmx_date(value) != value:
                done = "removed" if tmx_date(value) is None else "written as TMX wants them"
                self._done.add(f"dates, {done}", f"{place}: {value}")
        return attributes


def _has_text(content: _Content) -> bool:
    return any(not isinstance(part, str) or part.strip() for part in content)
