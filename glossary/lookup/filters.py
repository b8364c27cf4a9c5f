"""Narrow what lookup gives: by authority, status, subject field, source and date."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glossary.errors import UsageError
from glossary.model import (
    AdministrativeStatus,
    Authority,
    Concept,
    Source,
    Term,
    is_chinese,
    valid_date,
)

__all__ = ["Filters"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which renderings count; a concept left without any is not given.

    Attributes:
        min_authority: renderings of a lower authority are left out.
        statuses: if not empty, renderings must have one of them.
        subject: if not empty, the concept's subject field must be this, apart from case.
        source: if not empty, the rendering must be attested by the source of that id.
        since, until: if given, the rendering must be attested by a source dated in that range;
            both may be reduced dates (``2017`` means all of that year) and are included.
    """

    min_authority: Authority = Authority.MACHINE
    statuses: frozenset[AdministrativeStatus] = frozenset()
    subject: str = ""
    source: str = ""
    since: str | None = None
    until: str | None = None

    @classmethod
    def from_labels(
        cls,
        *,
        min_authority: str = "machine",
        statuses: Iterable[str] = (),
        subject: str = "",
        source: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> Filters:
        """Return the filters that a user wrote in words.

        Raises:
            UsageError: an authority, a status or a date is none.
        """
        try:
            return cls(
                Authority.from_label(min_authority),
                frozenset(_status(label) for label in statuses),
                subject,
                source,
                since and valid_date(since),
                until and valid_date(until),
            )
        except ValueError as error:
            raise UsageError(str(error)) from error

    @property
    def need_dates(self) -> bool:
        """Whether the sources must be known."""
        return self.since is not None or self.until is not None

    def apply(self, concept: Concept, sources: Mapping[str, Source]) -> Concept | None:
        """Return the concept with the renderings that pass, or None if none does."""
        if self == Filters():
            return concept
        if self.subject and concept.subject_field.casefold() != self.subject.casefold():
            return None
        terms = tuple(
            term
            for term in concept.terms
            if is_chinese(term.language) or self._admits(term, sources)
        )
        if all(is_chinese(term.language) for term in terms):
            return None
        return dataclasses.replace(concept, terms=terms)

    def _admits(self, term: Term, sources: Mapping[str, Source]) -> bool:
        if term.authority < self.min_authority:
            return False
        if self.statuses and term.status not in self.statuses:
            return False
        if not self.source and not self.need_dates:
            return True
        return any(
            (not self.source or attestation.source_id == self.source)
            and (not self.need_dates or self._dated(sources.get(attestation.source_id)))
            for attestation in term.attestations
        )

    def _dated(self, source: Source | None) -> bool:
        if source is None or source.date is None:
            return False
        # A reduced date reaches from the first to the last day it can mean.
        first, last = source.date, source.date + "\uffff"
        return (self.since is None or last >= self.since) and (
            self.until is None or first <= self.until + "\uffff"
        )


def _status(label: str) -> AdministrativeStatus:
    try:
        return AdministrativeStatus(label.strip().lower())
    except ValueError:
        known = ", ".join(AdministrativeStatus)
        raise ValueError(f"unknown status {label!r}; known are {known}") from None
