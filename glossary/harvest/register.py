"""Multiword units that Chinese reports keep repeating: a prior for texts too short to count in.

``register.tsv`` holds counts only, taken from the reports to the party congresses and the
government work reports since 1954 by ``scripts/build_register.py``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files

__all__ = ["register_count"]


@functools.cache
def _counts() -> Mapping[str, int]:
    lines = (
        (files("glossary.harvest") / "register.tsv").read_text(encoding="utf-8").splitlines()[1:]
    )
    return {unit: int(count) for unit, count, *_ in (line.split("\t") for line in lines)}


def register_count(unit: str) -> int:
    """Return how often the reports have this unit of several words; 0 if it is not one."""
    return _counts().get(unit, 0)
