"""The table that reviewers fill in: a concept a row, its evidence, and cells for the decision.

Columns are known by their headings, so that they may be moved, and others added. The last heading
names the form of the table, and its column says which concept a row is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossary.model import Concept
from glossary.review.evidence import Evidence, Place, describe_rendering

__all__ = ["HEADINGS", "SCHEMA", "Column", "Row", "id_cell", "id_of_cell", "table_row"]

#: Heads the column of ids and names the form of the table.
SCHEMA = "tifa.review/1"


class Column:
    """The headings of the columns that are read back."""

    DECISION = "decision"
    CHINESE = "new Chinese"
    ENGLISH = "new English"
    TARGET = "merge with"
    REASON = "reason"
    STATE = "state"
    ID = SCHEMA


HEADINGS = (
    "Chinese",
    "renderings",
    "Chinese sentence",
    "English sentences",
    Column.DECISION,
    Column.CHINESE,
    Column.ENGLISH,
    Column.TARGET,
    Column.REASON,
    "kind",
    "score",
    "not rendered",
    "first because",
    Column.STATE,
    Column.ID,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A concept as the table shows it; what the reviewer fills in is empty.

    Attributes:
        renderings: with their count, authority and status, best first.
        not_rendered: a line for each rendition that leaves the concept out somewhere.
        first_because: why the first rendering stands before the second.
    """

    chinese: str
    renderings: tuple[str, ...]
    place: Place
    kind: str
    score: float | None
    not_rendered: tuple[str, ...]
    first_because: str
    state: str
    id: str


def table_row(concept: Concept, evidence: Evidence) -> Row:
    """Return the row of a concept."""
    return Row(
        "、".join(term.text for term in concept.chinese()),
        tuple(f"{term.text}  ({describe_rendering(term)})" for term in concept.renderings()),
        evidence.best_place(concept),
        kind=concept.kind.value,
        score=concept.score.value if concept.score else None,
        not_rendered=evidence.not_rendered(concept),
        first_because=evidence.first_because(concept),
        state=concept.review.value,
        id=concept.id,
    )


def id_cell(id_: str) -> str:
    """Return the cell of an id: no spreadsheet takes it for the number 7 or 12e45."""
    return f"#{id_}"


def id_of_cell(cell: str) -> str:
    """Return the id in a cell."""
    return cell.removeprefix("#")
