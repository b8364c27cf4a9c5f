"""What becomes of a concept that is there already."""

from __future__ import annotations

import enum

__all__ = ["Existing"]


class Existing(enum.StrEnum):
    """What becomes of a concept whose id is taken."""

    REPLACE = "replace"
    SKIP = "skip"
    REFUSE = "refuse"
