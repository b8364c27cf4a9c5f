"""What a reviewer has filled in: the table read back, row by row, with all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, ReviewState
from glossary.review.decide import find_target
from glossary.review.table import Column, id_of_cell
from glossary.review.verdicts import Action, Verdict
from glossary.termbase import Termbase

__all__ = ["Filled", "read_verdicts"]

_NEEDED = (
    *(Column.DECISION, Column.CHINESE, Column.ENGLISH, Column.TARGET),
    *(Column.REASON, Column.STATE, Column.ID),
)
#: Between the renderings of a cell: a line end in a workbook, a bar where a cell is one line.
_BETWEEN = re.compile(r"[\n|]")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a table that comes back says.

    Attributes:
        verdicts: one for each row that is decided, in the order of the rows.
        open: rows that are left for another time.
        overtaken: rows decided in the termbase since the table was written; they are left alone.
        faults: what is wrong, row by row; nothing should be carried out if there is any.
    """

    verdicts: tuple[Verdict, ...]
    open: int
    overtaken: int
    faults: tuple[BadInputError, ...]


def read_verdicts(rows: Iterable[tuple[int, Sequence[str]]], path: Path, base: Termbase) -> Filled:
    """Return what the rows of a table say about the concepts of a termbase.

    A row without a decision that has a new term is an ``edit``, one with a concept to merge with a
    ``merge``. All faults are found, not the first only.

    Args:
        rows: line numbers and cells, the headings first.
        path: of the file, for messages.
        base: what it was written from.

    Raises:
        BadInputError: the table is none of a review.
    """
    return _Reader(path, base).read(iter(rows))


class _Reader:
    def __init__(self, path: Path, base: Termbase) -> None:
        self._path = path
        self._base = base
        self._verdicts: dict[str, tuple[int, Verdict]] = {}
        self._faults: list[BadInputError] = []
        self._strangers: list[tuple[int, str]] = []
        self._open = 0
        self._overtaken = 0

    def read(self, rows: Iterator[tuple[int, Sequence[str]]]) -> Filled:
        first = next(rows, (1, ()))[1]
        places = {heading.strip().casefold(): at for at, heading in enumerate(first)}
        missing = [heading for heading in _NEEDED if heading.casefold() not in places]
        if missing:
            raise BadInputError(
                f"is no table of a review: it has no column {missing[0]!r}",
                place=self._path,
                cure="fill in a table that tifa review wrote, and keep its columns",
            )
        columns = [(heading, places[heading.casefold()]) for heading in _NEEDED]
        seen: dict[str, int] = {}
        for number, cells in rows:
            said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns}
            if not any(said.values()):
                continue
            id_ = said[Column.ID]
            if id_ and id_ in seen:
                self._fault(number, Column.ID, f"is that of row {seen[id_]} again")
                continue
            seen[id_] = number
            self._row(number, said)
        self._name_strangers()
        self._check_targets()
        verdicts = tuple(verdict for _, verdict in self._verdicts.values())
        return Filled(verdicts, self._open, self._overtaken, tuple(self._faults))

    def _fault(self, row: int, column: str, what: str, cure: str | None = None) -> None:
        # Written out, not as PLACE:LINE: in a workbook a row is no line.
        self._faults.append(
            BadInputError(f"row {row}, column {column!r}: {what}", place=self._path, cure=cure)
        )

    def _row(self, number: int, said: Mapping[str, str]) -> None:
        action = self._action(number, said)
        if action is None:
            return
        if action is Action.SKIP:
            self._open += 1
            return
        concept = self._base.concept(id_of_cell(said[Column.ID]))
        if concept is None:
            self._strangers.append((number, said[Column.ID]))
            return
        state = self._state(number, said[Column.STATE])
        if state is concept.review:
            self._decided(number, said, concept, action)
        elif state is not None:
            self._overtaken += 1

    def _decided(
        self, number: int, said: Mapping[str, str], concept: Concept, action: Action
    ) -> None:
        chinese = " ".join(said[Column.CHINESE].split())
        if chinese and not concept.chinese():
            self._fault(number, Column.CHINESE, "is filled in for a concept without Chinese")
            return
        target = self._target(number, said[Column.TARGET], concept) if said[Column.TARGET] else ""
        if target is None:
            return
        english = tuple(
            text
            for part in _BETWEEN.split(said[Column.ENGLISH])
            if (text := " ".join(part.split()))
        )
        reason = " ".join(said[Column.REASON].split())
        verdict = Verdict(concept.id, action, chinese, english, target, reason)
        self._verdicts[concept.id] = number, verdict

    def _action(self, number: int, said: Mapping[str, str]) -> Action | None:
        """Return what is to be done, or None if the cells do not go together."""
        edits = [name for name in (Column.CHINESE, Column.ENGLISH) if said[name]]
        word = said[Column.DECISION].casefold()
        if not word:
            word = "edit" if edits else "merge" if said[Column.TARGET] else "skip"
        action = next((known for known in Action if word in (known.value, known.value[0])), None)
        if action is None:
            what = f"{said[Column.DECISION]!r} is no decision"
            self._fault(number, Column.DECISION, what, f"write {', '.join(Action)} or nothing")
        elif action is Action.EDIT and not edits:
            self._fault(
                number, Column.ENGLISH, "is empty, as is the new Chinese: nothing is edited"
            )
        elif action is not Action.EDIT and edits:
            self._fault(number, edits[0], f"is filled in, but the decision is {action}")
        elif action is Action.MERGE and not said[Column.TARGET]:
            self._fault(
                number, Column.TARGET, "is empty", "write a term of the other concept, or its id"
            )
        elif action is not Action.MERGE and said[Column.TARGET]:
            self._fault(number, Column.TARGET, f"is filled in, but the decision is {action}")
        else:
            return action
        return None

    def _state(self, number: int, label: str) -> ReviewState | None:
        try:
            return ReviewState(label)
        except ValueError:
            self._fault(number, Column.STATE, f"{label!r} is no state", "leave it as it was")
            return None

    def _target(self, number: int, named: str, concept: Concept) -> str | None:
        target = find_target(self._base, id_of_cell(named)) or find_target(self._base, named)
        if target is None:
            what = f"the termbase has no concept {named!r}"
            self._fault(number, Column.TARGET, what, "write a term of the other concept, or its id")
        elif target.id == concept.id:
            self._fault(number, Column.TARGET, "is the concept of the row itself")
        elif target.review is ReviewState.REJECTED:
            self._fault(number, Column.TARGET, f"{named!r} was rejected")
        else:
            return target.id
        return None

    def _name_strangers(self) -> None:
        """Say which decided rows are about no concept of this termbase: in one fault, if many."""
        if len(self._strangers) > 3:
            self._fault(
                self._strangers[0][0],
                Column.ID,
                f"this row and {len(self._strangers) - 1} more are about concepts that "
                f"{self._base.path} does not have",
                "name the termbase that the table was written from",
            )
            return
        for number, id_ in self._strangers:
            what = f"the termbase has no concept {id_of_cell(id_)!r}"
            self._fault(number, Column.ID, what, "leave this column as it was written")

    def _check_targets(self) -> None:
        """Refuse to merge with what the same table takes away: the evidence would be lost."""
        for number, verdict in self._verdicts.values():
            other = self._verdicts.get(verdict.target)
            if other and (other[1].action in (Action.REJECT, Action.MERGE) or other[1].chinese):
                what = f"row {other[0]} takes that concept away ({other[1].action})"
                self._fault(number, Column.TARGET, what, "name the concept that stays")
