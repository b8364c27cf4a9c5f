"""Propose how a fuzzy match is made to fit, where it differs in known terms and numbers only.

A proposal is a guess for a translator to judge: it is shown beside the match, never in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from glossary.language.variants import fold
from glossary.lookup.known_terms import KnownTerm, KnownTerms
from glossary.memory.entries import Entry, base_language
from glossary.memory.units import units

__all__ = ["Change", "Repair", "repair"]


@dataclass(frozen=True, slots=True)
class Change:
    """What was replaced in the target, and the difference of the source texts that called for it.

    Attributes:
        memory, segment: the term or number in the memory's source text and in the segment.
        old, new: what stands in the memory's target and what is proposed for it.
    """

    memory: str
    segment: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed target and the changes that make it."""

    target: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A term, a number or another unit; pieces with one key are the same thing."""

    key: tuple[str, str]
    text: str
    term: KnownTerm | None = None


def repair(segment: str, entry: Entry, terms: KnownTerms | None) -> Repair | None:
    """Return the target of an entry fitted to a segment, or None if that cannot be told.

    Every difference of the two source texts must be a number for a number, or a known term for a
    known term; and whatever is replaced must stand in the target as often as in the memory's source
    text, with nothing else for it in the segment.

    Args:
        segment: what is to be translated.
        entry: a fuzzy match.
        terms: the terms of a termbase; without them only numbers are repaired.
    """
    theirs, ours = _pieces(entry.source, terms), _pieces(segment, terms)
    # For each thing in the memory's source text what stands for it in the segment.
    replaced: dict[tuple[str, str], tuple[_Piece, dict[tuple[str, str], _Piece]]] = {}
    keys = [piece.key for piece in theirs], [piece.key for piece in ours]
    for operation in Levenshtein.opcodes(*keys):
        before = theirs[operation.src_start : operation.src_end]
        after = ours[operation.dest_start : operation.dest_end]
        if len(before) != len(after):
            return None
        for old, new in zip(before, after, strict=True):
            # What stays counts too: what is replaced in one place must be in all.
            replaced.setdefault(old.key, (old, {}))[1].setdefault(new.key, new)
    changes: list[tuple[int, int, Change]] = []
    counts = Counter(piece.key for piece in theirs)
    for key, (old, news) in replaced.items():
        if list(news) == [key]:
            continue
        places = _places(old, next(iter(news.values())), entry) if len(news) == 1 else []
        if len(places) != counts[key]:
            return None
        changes += places
    changes.sort(key=lambda change: change[:2])
    return _applied(entry.target, changes)


def _applied(target: str, changes: list[tuple[int, int, Change]]) -> Repair | None:
    parts, position = [], 0
    for start, end, change in changes:
        if start < position:
            return None
        parts += [target[position:start], change.new]
        position = end
    if not changes:
        return None
    parts.append(target[position:])
    return Repair("".join(parts), tuple(change for _, _, change in changes))


def _pieces(text: str, terms: KnownTerms | None) -> list[_Piece]:
    known = terms.find(text) if terms else ()
    starts = {term.start: term for term in known}
    pieces: list[_Piece] = []
    covered = 0
    for unit in units(text):
        term = starts.get(unit.start)
        if term is not None:
            pieces.append(_Piece(("term", term.concept.id), term.text, term))
            covered = term.end
        elif unit.start >= covered:
            kind = "number" if unit.text[0].isdigit() else "unit"
            pieces.append(_Piece((kind, fold(unit.text)), unit.text))
    return pieces


def _places(old: _Piece, new: _Piece, entry: Entry) -> list[tuple[int, int, Change]]:
    """Return where in the target the rendering of ``old`` stands, and what goes there."""
    if old.key[0] == new.key[0] == "number":
        found = [
            (unit.start, unit.end, unit.text)
            for unit in units(entry.target)
            if fold(unit.text) == old.key[1]
        ]
        replacement = fold(new.text)
    elif old.term and new.term:
        found = _renderings(old.term, entry)
        replacement = new.term.renderings[0].text
    else:
        return []
    return [
        (start, end, Change(old.text, new.text, text, _as_capital(text, replacement)))
        for start, end, text in found
    ]


def _renderings(term: KnownTerm, entry: Entry) -> list[tuple[int, int, str]]:
    """Return where renderings of a term stand in the target; of overlapping ones the longest."""
    texts = sorted(
        {rendering.text for rendering in (*term.renderings, *term.others)},
        key=lambda text: (-len(text), text),
    )
    bound = "" if base_language(entry.language) == "zh" else r"\b"
    expression = f"{bound}(?:{'|'.join(map(re.escape, texts))}){bound}"
    return [
        (match.start(), match.end(), match.group())
        for match in re.finditer(expression, entry.target, re.IGNORECASE)
    ]


def _as_capital(old: str, new: str) -> str:
    """Return ``new`` with a capital if ``old`` has one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
