"""Concordance: every place where a word or phrase stands in the texts of a termbase or memory."""

from __future__ import annotations

import enum
import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.errors import BadInputError, UsageError
from glossary.language.script import has_han, to_simplified, to_traditional
from glossary.language.variants import english_tokens, fold
from glossary.model import Source, is_chinese
from glossary.termbase import Termbase

__all__ = ["Line", "Order", "concordance"]


class Order(enum.StrEnum):
    """How the lines of a concordance are sorted."""

    TEXT = "text"  # as they stand, source by source
    LEFT = "left"  # by what stands before, the nearest first
    RIGHT = "right"  # by what stands after
    DATE = "date"  # by the source's date, the earliest first; undated ones last
    SOURCE = "source"  # by the source's id


@dataclass(frozen=True, slots=True)
class Line:
    """A place where the query stands.

    Attributes:
        segment: 0-based index of the sentence in the source's document.
        text: the whole sentence.
        span: character offsets ``[start, end)`` of what was found.
        counterparts: source id and text of the other renditions of the sentence's bead.
    """

    source: Source
    segment: int
    text: str
    span: tuple[int, int]
    counterparts: tuple[tuple[str, str], ...] = ()

    @property
    def left(self) -> str:
        """What stands before."""
        return self.text[: self.span[0]]

    @property
    def found(self) -> str:
        """What was found."""
        return self.text[slice(*self.span)]

    @property
    def right(self) -> str:
        """What stands after."""
        return self.text[self.span[1] :]


def concordance(
    termbase: Termbase | None,
    query: str,
    *,
    memories: Sequence[Path] = (),
    order: Order = Order.TEXT,
    language: str = "",
    source: str = "",
    as_of: str | None = None,
    limit: int | None = None,
) -> list[Line]:
    """Return the places where a query stands in the sentences of a termbase and of memories.

    A Chinese query is found in simplified and traditional texts, an English one in regular
    inflections and in those that the termbase's terms show; between slashes stands a regular
    expression. Every sentence is read.

    Args:
        termbase: its documents and the sentences that attest its terms are searched.
        query: a word or a phrase.
        memories: TMX files that are searched too; each is a source named as the file.
        order: how to sort.
        language: only texts in that language: ``zh`` (either script) or ``en``.
        source: only the source of that id.
        as_of: leave out sources of a later date, which may be reduced; undated ones stay.
        limit: at most so many lines, after sorting.

    Raises:
        UsageError: the regular expression is not valid.
        BadInputError: a memory is missing or damaged.
    """
    expression = _expression(termbase, query)
    if expression is None:
        return []
    hits = []
    for place in itertools.chain(
        _of_termbase(termbase) if termbase else (), *map(_of_memory, memories)
    ):
        if source and place.source.id != source:
            continue
        if as_of and (place.source.date or "") > as_of + "\uffff":
            continue
        if language and not _speaks(place.source.language, language):
            continue
        for match in expression.finditer(place.text):
            if match.end() > match.start():
                line = Line(place.source, place.segment, place.text, match.span())
                hits.append((line, place.counterparts))
    hits.sort(key=lambda hit: _sort_key(hit[0], order))
    return [
        replace(line, counterparts=counterparts())
        for line, counterparts in itertools.islice(hits, limit)
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence, and what finds its counterparts, which most sentences are not asked for."""

    source: Source
    segment: int
    text: str
    counterparts: Callable[[], tuple[tuple[str, str], ...]]


def _of_termbase(termbase: Termbase) -> Iterator[_Place]:
    sources = {known.id: known for known in termbase.sources()}
    for sentence in termbase.sentences:
        found = functools.partial(termbase.sentences.counterparts, sentence.number)
        yield _Place(sources[sentence.source_id], sentence.segment, sentence.text, found)


def _of_memory(path: Path) -> Iterator[_Place]:
    from tmx import tmx14
    from tmx.languages import internal_tag

    if not path.exists():
        raise BadInputError("no such memory", place=path, cure="name a TMX file")
    sources: dict[str, Source] = {}
    for number, unit in enumerate(tmx14.iter_load(path)):
        texts = [(variant.language, " ".join(variant.text.split())) for variant in unit.variants]
        for tag, text in texts:
            if tag not in sources:
                sources[tag] = Source(path.name, language=internal_tag(tag))
            others = tuple((path.name, other) for its, other in texts if its != tag and other)
            yield _Place(sources[tag], number, text, functools.partial(tuple, others))


def _sort_key(line: Line, order: Order) -> str:
    if order is Order.LEFT:
        return fold(line.left).rstrip()[::-1]
    if order is Order.RIGHT:
        return fold(line.right).lstrip()
    if order is Order.DATE:
        return line.source.date or "\uffff"
    return line.source.id if order is Order.SOURCE else ""


def _speaks(language: str, wanted: str) -> bool:
    if is_chinese(wanted):
        return is_chinese(language)
    return language.partition("-")[0] == wanted


def _expression(termbase: Termbase | None, query: str) -> re.Pattern[str] | None:
    query = query.strip()
    if len(query) > 2 and query.startswith("/") and query.endswith("/"):
        try:
            return re.compile(query[1:-1], re.IGNORECASE)
        except (re.error, OverflowError) as error:
            raise UsageError(f"{query} is not a regular expression: {error}") from error
    if has_han(query):
        scripts = dict.fromkeys((query, to_simplified(query), to_traditional(query)))
        return re.compile("|".join(map(re.escape, scripts)), re.IGNORECASE)
    words = english_tokens(query)
    if not words:
        return None
    # Between the words of a phrase may stand a space, a hyphen or a line break.
    phrase = r"[\s-]+".join(
        f"(?:{'|'.join(map(re.escape, _inflections(termbase, word)))})" for word in words
    )
    return re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE)


def _inflections(termbase: Termbase | None, word: str) -> list[str]:
    """Return the forms of an English word, the longest first."""
    forms = {word, *(termbase.index.same_lemma(word) if termbase else ())}
    for form in tuple(forms):
        forms |= set(_regular(form))
    return sorted(forms, key=lambda form: (-len(form), form))


def _regular(word: str) -> Iterator[str]:
    yield from (word + "s", word + "es", word + "ed", word + "ing")
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
