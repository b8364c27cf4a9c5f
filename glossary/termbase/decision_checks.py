"""What must hold of an editor's decisions; each breach is a finding with a code and a place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.language.script import to_simplified
from glossary.language.variants import chinese_key, fold
from glossary.model import AdministrativeStatus, Authority, ConceptKind, valid_date
from glossary.termbase.decisions import JUDGEMENT, SUBJECTS, Decisions, Row, SourceRow

__all__ = ["CODES", "Finding", "check_decisions"]

#: What each code means.
CODES = {
    "D101": "a cell that must be filled is empty",
    "D102": "a value is none of those known",
    "D103": "a date is none, or the validity ends before it begins",
    "D104": "the Chinese is not plain simplified text",
    "D105": "a cell has spaces where none belong",
    "D201": "a concept is there twice",
    "D202": "a rendering is there twice in its concept",
    "D203": "the first row of a concept lacks its kind or subject, or a later one has them",
    "D204": "a concept is referred to that is not there",
    "D301": "a source is not in sources.tsv, or twice",
    "D302": "judgement stands beside a document",
    "D303": "a rendering claims more authority than its sources have",
    "D304": "a rendering is attested before it is valid",
    "D401": "a concept has no preferred rendering, or several",
    "D402": "a machine's rendering is not deprecated",
    "D403": "a superseded rendering does not say until when, or its successor since when",
    "D404": "two renderings are in force on one day",
    "D405": "a deprecated rendering does not say why",
}

_QUOTES = re.compile("[“”‘’\"'《》「」\\s]")
_SPACES = re.compile(r"^\s|\s$|\s\s|[^\S ]")
#: OpenCC takes these simplified forms for traditional ones that GB and the press keep.
_KEPT = str.maketrans("", "", "乾")
_TEXT = ("zh", "en", "status", "authority", "source", "definition", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: printed as ``file:line: CODE what``."""

    file: Path
    line: int
    code: str
    what: str

    def __str__(self) -> str:
        """Return the finding as a line."""
        return f"{self.file.name}:{self.line}: {self.code} {self.what}"


def check_decisions(decisions: Decisions) -> list[Finding]:
    """Return what is wrong with decisions, in the order of files and lines."""
    found = [
        *_check_sources(decisions.sources),
        *(finding for row in decisions.rows for finding in _check_row(row)),
        *_check_heads(decisions),
        *_check_provenance(decisions),
        *(finding for rows in decisions.concepts() for finding in _check_concept(rows)),
    ]
    return sorted(found, key=lambda item: (item.file, item.line, item.code, item.what))


def _check_sources(sources: Sequence[SourceRow]) -> Iterator[Finding]:
    seen = {JUDGEMENT.id}
    for row in sources:
        for name in ("id", "title", "publisher", "language", "authority", "kind"):
            if not getattr(row, name).strip():
                yield Finding(row.file, row.line, "D101", f"{name} is empty")
        if row.id in seen or " " in row.id:
            yield Finding(row.file, row.line, "D301", f"{row.id!r} is taken or no id")
        seen.add(row.id)
        if row.authority and not _known(Authority.from_label, row.authority):
            yield Finding(row.file, row.line, "D102", f"unknown authority {row.authority!r}")
        if row.date and not _known(valid_date, row.date):
            yield Finding(row.file, row.line, "D103", f"{row.date!r} is no date")


def _known(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _check_row(row: Row) -> Iterator[Finding]:
    def finding(code: str, what: str) -> Finding:
        return Finding(row.file, row.line, code, what)

    for name in ("zh", "en", "status", "authority", "source"):
        if not getattr(row, name).strip():
            yield finding("D101", f"{name} is empty")
    for name in _TEXT:
        if _SPACES.search(getattr(row, name)):
            yield finding("D105", f"{name} is {getattr(row, name)!r}")
    for name, reader in (
        ("status", AdministrativeStatus),
        ("authority", Authority.from_label),
        ("kind", ConceptKind),
        ("subject", SUBJECTS.index),
    ):
        value = getattr(row, name)
        if value and not _known(reader, value):
            yield finding("D102", f"unknown {name} {value!r}")
    dates = [date for date in (row.since, row.until) if date]
    for date in dates:
        if not _known(valid_date, date):
            yield finding("D103", f"{date!r} is no date")
    if len(dates) == 2 and _after(row.since, row.until):
        yield finding("D103", f"from {row.since} is after until {row.until}")
    plain = row.zh.translate(_KEPT)
    if to_simplified(plain) != plain or _QUOTES.search(row.zh):
        yield finding("D104", f"zh is {row.zh!r}")
    if row.status == AdministrativeStatus.DEPRECATED and not row.note:
        yield finding("D405", f"{row.en!r} is deprecated without a note")
    if row.authority == Authority.MACHINE.label and row.status != AdministrativeStatus.DEPRECATED:
        yield finding("D402", f"{row.en!r} is a machine's and {row.status or 'without status'}")


def _after(first: str, second: str) -> bool:
    """Whether a date is after another, reduced dates meaning any day they can mean."""
    return first > second and not first.startswith(second)


def _check_heads(decisions: Decisions) -> Iterator[Finding]:
    heads: dict[str, Row] = {}
    first = [rows[0] for rows in decisions.concepts()]
    for row in first:
        other = heads.setdefault(chinese_key(row.zh), row)
        if other is not row:
            place = f"{other.file.name}:{other.line}"
            yield Finding(row.file, row.line, "D201", f"{row.zh} stands at {place} already")
    known = {row.zh for row in first}
    for row in first:
        for head in row.see_also:
            if head not in known or head == row.zh:
                yield Finding(row.file, row.line, "D204", f"{row.zh} refers to {head}")


def _check_provenance(decisions: Decisions) -> Iterator[Finding]:
    sources = {row.id: row for row in decisions.sources}
    for row in decisions.rows:
        known = [sources[name] for name in row.sources if name in sources]
        for name in row.sources:
            if name not in sources and name != JUDGEMENT.id:
                yield Finding(row.file, row.line, "D301", f"unknown source {name!r}")
        if JUDGEMENT.id in row.sources and len(row.sources) > 1:
            yield Finding(row.file, row.line, "D302", f"source is {row.source!r}")
        if (
            known
            and JUDGEMENT.id not in row.sources
            and _known(Authority.from_label, row.authority)
        ):
            highest = max(
                (
                    Authority.from_label(source.authority)
                    for source in known
                    if _known(Authority.from_label, source.authority)
                ),
                default=Authority.OFFICIAL,
            )
            if Authority.from_label(row.authority) > highest:
                yield Finding(
                    row.file, row.line, "D303", f"{row.authority}, its sources {highest.label}"
                )
        for source in known:
            if row.since and source.date and _after(row.since, source.date):
                yield Finding(
                    row.file,
                    row.line,
                    "D304",
                    f"valid from {row.since}, but {source.id} is of {source.date}",
                )


def _check_concept(rows: Sequence[Row]) -> Iterator[Finding]:
    first = rows[0]
    for name in ("kind", "subject"):
        if not getattr(first, name):
            yield Finding(first.file, first.line, "D203", f"{first.zh} has no {name}")
    for row in rows[1:]:
        for name in ("kind", "subject", "definition", "see"):
            if getattr(row, name):
                yield Finding(row.file, row.line, "D203", f"{name} belongs to the first row")
    seen: set[str] = set()
    for row in rows:
        if fold(row.en) in seen:
            yield Finding(row.file, row.line, "D202", f"{row.en!r} is there already")
        seen.add(fold(row.en))
    preferred = [row for row in rows if row.status == AdministrativeStatus.PREFERRED]
    if len(preferred) != 1:
        yield Finding(
            first.file, first.line, "D401", f"{first.zh} has {len(preferred)} preferred renderings"
        )
    yield from _check_succession(rows)


def _check_succession(rows: Sequence[Row]) -> Iterator[Finding]:
    """Check that on no day two renderings are in force, and that ranges are given."""
    superseded = [row for row in rows if row.status == AdministrativeStatus.SUPERSEDED]
    forms = [*superseded, *(row for row in rows if row.status == AdministrativeStatus.PREFERRED)]
    open_ended = False
    for row in superseded:
        if not row.until:
            open_ended = True
            yield Finding(row.file, row.line, "D403", f"{row.en!r} is superseded without until")
    if superseded:
        for row in forms[len(superseded) :]:
            if not row.since:
                open_ended = True
                yield Finding(row.file, row.line, "D403", f"{row.en!r} has no from")
    if open_ended:
        return
    forms.sort(key=lambda row: (row.since, row.until))
    for earlier, later in itertools.pairwise(forms):
        if not later.since or _after(earlier.until or later.since + "\uffff", later.since):
            yield Finding(
                later.file,
                later.line,
                "D404",
                f"{later.en!r} (from {later.since}) and {earlier.en!r} (until {earlier.until})",
            )
