"""How each version and style of TBX spells what it holds, and what a writer is asked for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossary.model import Source

__all__ = ["DCA", "DCT", "MARTIF", "Style", "TbxOptions", "source_items", "transaction_parts"]

_TRANSACTION = re.compile(
    r"(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?(?!\S))?\s*(.*)"
)


@dataclass(frozen=True, slots=True)
class Style:
    """The element names of a version and style of TBX."""

    name: str
    entry: str
    language: str
    term: str
    references: str


MARTIF = Style("martif", "termEntry", "langSet", "tig", "refObjectList")
DCA = Style("dca", "conceptEntry", "langSec", "termSec", "refObjectSec")
DCT = Style("dct", "conceptEntry", "langSec", "termSec", "refObjectSec")


@dataclass(frozen=True, slots=True)
class TbxOptions:
    """How a glossary becomes TBX.

    Attributes:
        dialect: ``TBX-Basic``, ``TBX-Min`` or ``TBX-Core``.
        modules: the category modules that the dialect has.
        languages: exchange codes that replace the default ones.
        valid_only: leave out terms that a translator may not use.
        contexts: how many contexts a term may have; None for all.
        mark_terms: mark the term in its context with ``hi``.
    """

    style: Style
    dialect: str
    modules: frozenset[str]
    languages: Mapping[str, str]
    valid_only: bool
    contexts: int | None
    mark_terms: bool


def transaction_parts(value: str) -> tuple[str, str] | None:
    """Return date and person of ``2010-04-17 Tommy``, or None if it is not written so."""
    match = _TRANSACTION.fullmatch(value)
    if match is None:
        return None
    try:
        datetime.datetime.fromisoformat(match[1] or "2000-01-01")
    except ValueError:
        return None
    return match[1] or "", match[2]


def source_items(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what is known of a source, as typed items of the back matter."""
    for name in ("id", "title", "publisher", "language", "date", "kind", "url", "licence"):
        if value := getattr(source, name):
            yield name, value
    yield "authority", source.authority.label
