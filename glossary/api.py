"""The termbase from Python: what the verbs do, as methods of one object.

    from glossary import open_termbase

    with open_termbase() as core:
        for match in core.lookup("网络强国"):
            print(match.concept.renderings()[0].text)

Every method is a thin call of the function that does the work, imported when it is called; for more
than this the functions themselves are there (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from glossary.model import Concept, Glossary, Source, valid_date

if TYPE_CHECKING:
    from glossary.check import Report
    from glossary.lookup import Filters, Match
    from glossary.lookup.concordance import Line
    from glossary.lookup.known_terms import KnownTerm
    from glossary.lookup.statistics import Statistics
    from glossary.termbase import Termbase, Transaction
    from glossary.termbase.history import Period

__all__ = ["OpenTermbase", "open_termbase"]


def open_termbase(path: str | Path | None = None, *, create: bool = False) -> OpenTermbase:
    """Open a termbase.

    Args:
        path: the file, or a folder that ``tifa build`` wrote; None for the core glossary that comes
            with tifa, which cannot be written.
        create: make an empty termbase if there is no such file.

    Raises:
        BadInputError: there is no such file, or it is no termbase, damaged or of a newer tifa.
        OutputError: the new file cannot be written.
    """
    from glossary.termbase import Termbase
    from glossary.termbase.core import open_core

    if path is None:
        return OpenTermbase(open_core())
    if create and not Path(path).exists():
        return OpenTermbase(Termbase.create(path))
    return OpenTermbase(Termbase.open(path))


class OpenTermbase:
    """A termbase that is open; a context manager that closes it."""

    def __init__(self, termbase: Termbase) -> None:
        """Wrap a termbase; use :func:`open_termbase` instead."""
        self._termbase = termbase

    def __enter__(self) -> OpenTermbase:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self._termbase.close()

    def __len__(self) -> int:
        """Return the number of concepts."""
        return self._termbase.counts().concepts

    def __iter__(self) -> Iterator[Concept]:
        """Yield every concept, in the order of the file."""
        return self._termbase.concepts()

    def sources(self) -> dict[str, Source]:
        """Return the sources by their id."""
        return {source.id: source for source in self._termbase.sources()}

    def concept(self, concept_id: str) -> Concept | None:
        """Return the concept of an id, or None."""
        return self._termbase.concept(concept_id)

    def lookup(
        self,
        query: str,
        *,
        limit: int = 10,
        exact: bool = False,
        filters: Filters | None = None,
        as_of: str | None = None,
    ) -> list[Match]:
        """Return the concepts that a query may mean, the best first.

        Args:
            query: Chinese of either script, English in any inflection, pinyin, its initials, or a
                pattern with ``*`` and ``?`` or between slashes.
            limit: at most so many.
            exact: only terms that are the query.
            filters: which renderings count.
            as_of: an ISO 8601 date, perhaps reduced: the form in force then is preferred.

        Raises:
            ValueError: ``as_of`` is no date.
            UsageError: the pattern is not valid.
        """
        from glossary.lookup import lookup

        return lookup(
            self._termbase,
            query,
            limit=limit,
            exact=exact,
            filters=filters,
            as_of=_date(as_of),
        )

    def history(
        self, query: str, *, as_of: str | None = None
    ) -> list[tuple[Concept, list[Period]]]:
        """Return the concept that a query means best, with its renderings over time.

        Args:
            query: as for :meth:`lookup`; nothing found gives an empty list.
            as_of: the day that the states are of; without it everything is past.

        Raises:
            ValueError: ``as_of`` is no date.
        """
        from glossary.termbase.history import history

        date, sources = _date(as_of), self.sources()
        return [
            (match.concept, history(match.concept, sources, date))
            for match in self.lookup(query, limit=1)
        ]

    def concord(self, query: str, *, limit: int | None = None) -> list[Line]:
        """Return the places where a word or phrase stands in the texts of the termbase.

        Raises:
            UsageError: a regular expression between slashes is not valid.
        """
        from glossary.lookup.concordance import concordance

        return concordance(self._termbase, query, limit=limit)

    def find_terms(
        self, text: str, *, language: str | None = None, as_of: str | None = None
    ) -> tuple[KnownTerm, ...]:
        """Return the known terms in running text: the longest win, none overlap.

        Args:
            text: a sentence or more.
            language: ``zh-Hans``, ``zh-Hant`` or ``en``; what it looks like unless given.
            as_of: take the renderings in force on that day.

        Raises:
            ValueError: ``as_of`` is no date.
        """
        from glossary.language.script import detect_language
        from glossary.lookup.known_terms import KnownTerms
        from glossary.model import is_chinese

        language = language or detect_language(text) or "en"
        target = "en" if is_chinese(language) else "zh-Hans"
        return KnownTerms(self._termbase, language, target, date=_date(as_of)).find(text)

    def check(self, pairs: Iterable[tuple[str, str]], *, as_of: str | None = None) -> Report:
        """Return the findings on a translation.

        Args:
            pairs: Chinese segments with their English, in the order of the document.
            as_of: hold it against the forms in force on that day.

        Raises:
            ValueError: ``as_of`` is no date.
        """
        from glossary.check import Checked, check
        from glossary.lookup.known_terms import KnownTerms

        known = KnownTerms(self._termbase, "zh-Hans", "en", date=_date(as_of))
        segments = (Checked(str(n), zh, en) for n, (zh, en) in enumerate(pairs, 1))
        return check(segments, known, target_chinese=False)

    def statistics(self, *, as_of: str | None = None) -> Statistics:
        """Return what the termbase holds, in numbers.

        Raises:
            ValueError: ``as_of`` is no date.
        """
        from glossary.lookup.statistics import statistics

        return statistics(self._termbase, as_of=_date(as_of))

    def glossary(self, *, as_of: str | None = None) -> Glossary:
        """Return everything but the texts as one value, as ``tmx`` and ``publish`` take it.

        Raises:
            ValueError: ``as_of`` is no date.
        """
        from glossary.termbase.history import glossary_as_of

        whole, date = self._termbase.glossary(), _date(as_of)
        return whole if date is None else glossary_as_of(whole, date)

    def export(self, path: str | Path, *, as_of: str | None = None) -> tuple[str, ...]:
        """Write a glossary file and return what its format cannot hold, a line each.

        Args:
            path: its ending tells the format, as for ``tifa export``.
            as_of: write the state of that day.

        Raises:
            ValueError: ``as_of`` is no date.
            UsageError: the ending tells no glossary format.
            OutputError: the file cannot be written.
        """
        from glossary.termbase.glossary_files import write_glossary

        return write_glossary(self.glossary(as_of=as_of), Path(path))

    def add(
        self,
        concepts: Iterable[Concept],
        sources: Iterable[Source] = (),
        *,
        what: str = "add",
        who: str = "",
    ) -> None:
        """Add concepts and their sources in one step, which :meth:`undo` takes back.

        A concept whose id is there is replaced.

        Args:
            concepts: what to add.
            sources: those that their terms' attestations name.
            what: name of the step in the termbase's list of transactions.
            who: who did it.

        Raises:
            OutputError: the termbase cannot be written.
        """
        from glossary.termbase import timestamp

        with self._termbase.transaction(what, who=who, at=timestamp(wall_clock=True)):
            self._termbase.add_sources(sources)
            self._termbase.add_concepts(concepts)

    def undo(self) -> Transaction | None:
        """Take the last step back and return it; None if there is none."""
        return self._termbase.undo()


def _date(given: str | None) -> str | None:
    return None if given is None else valid_date(given)
