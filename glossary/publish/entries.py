"""Concepts in the order of a Chinese dictionary, with what an entry shows."""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossary.language.pinyin import numbered, pinyin
from glossary.language.script import HAN, to_simplified
from glossary.model import AdministrativeStatus, Concept, Term, is_chinese

__all__ = ["OTHER", "Entry", "Mark", "entries", "mark", "sort_key"]

#: The section of heads that begin with a figure or another character that is no letter.
OTHER = "#"

_SYLLABLE = re.compile(r"([a-zv]+)([1-5])")


class Mark(enum.StrEnum):
    """How a rendering is marked for the reader: its status, or that only machines use it."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    SUPERSEDED = "superseded"
    DEPRECATED = "deprecated"
    MACHINE = "machine"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as readers find it.

    Attributes:
        head: the term it is listed under.
        pinyin: of the head, with tone marks; empty if the head is not Chinese.
        section: the letter it stands under, ``A`` to ``Z``, or ``#``.
        variants: the other Chinese terms, best first; without Chinese none.
        renderings: what the reader looks for: the terms in other languages, best first; if the
            head itself is not Chinese, all terms but the head.
    """

    concept: Concept
    head: Term
    pinyin: str
    section: str
    variants: tuple[Term, ...]
    renderings: tuple[Term, ...]


def entries(concepts: Iterable[Concept]) -> tuple[Entry, ...]:
    """Return an entry for each concept that has a term, in dictionary order.

    Chinese heads stand by the pinyin of their characters, as in Xiandai Hanyu Cidian: syllable,
    tone, then character, so that heads with the same first character stay together.
    """
    listed = [_entry(concept) for concept in concepts if concept.terms]
    return tuple(sorted(listed, key=lambda entry: (*sort_key(entry.head.text), entry.concept.id)))


def mark(term: Term) -> Mark:
    """Return how a rendering is marked; a machine's word is marked as such before its status."""
    if term.status is AdministrativeStatus.DEPRECATED:
        return Mark.DEPRECATED
    if term.is_machine_only:
        return Mark.MACHINE
    return Mark.UNRATED if term.status is None else Mark(term.status.value)


@functools.lru_cache(maxsize=1 << 14)
def sort_key(text: str) -> tuple[bool, tuple[tuple[str, str, str], ...], str]:
    """Return the key that sorts heads as a dictionary does: figures, then letters and syllables.

    Punctuation, case and accents do not count. Each Han character weighs by its syllable, its
    tone and itself, each run of other letters and figures by itself.
    """
    simplified = to_simplified(text)
    parts = [part for part in re.split("[- ]", numbered(simplified)) if part]
    han = iter(re.findall(f"[{HAN}]", simplified))
    weights: list[tuple[str, str, str]] = []
    for part in parts:
        if syllable := _SYLLABLE.fullmatch(part):
            weights.append((syllable[1], syllable[2], next(han, "")))
        else:
            weights.append((_unaccented(part), "", part))
    return bool(_letter(weights)), tuple(weights), text


def _entry(concept: Concept) -> Entry:
    chinese = concept.chinese()
    head = (chinese or concept.terms)[0]
    return Entry(
        concept=concept,
        head=head,
        pinyin=pinyin(to_simplified(head.text)) if is_chinese(head.language) else "",
        section=_section(head.text),
        variants=chinese[1:],
        renderings=concept.renderings() if chinese else concept.terms[1:],
    )


def _section(text: str) -> str:
    return _letter(sort_key(text)[1]) or OTHER


def _letter(weights: Sequence[tuple[str, str, str]]) -> str:
    initial = weights[0][0][:1].upper() if weights else ""
    return initial if "A" <= initial <= "Z" else ""


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
