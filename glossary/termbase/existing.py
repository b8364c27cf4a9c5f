"""What becomes of a concept that is there already."""

from __future__ import annotations

import dataclasses
import enum

from glossary.model import Concept, ReviewState

__all__ = ["Existing", "with_decision"]


class Existing(enum.StrEnum):
    """What becomes of a concept whose id is taken."""

    REPLACE = "replace"
    SKIP = "skip"
    REFUSE = "refuse"


def with_decision(new: Concept, old: Concept | None) -> Concept:
    """Return a concept that takes the place of another, with what was decided about that one.

    A file that says nothing about reviews does not undo them.
    """
    if old is None or new.review is not ReviewState.UNREVIEWED:
        return new
    return dataclasses.replace(new, review=old.review)
