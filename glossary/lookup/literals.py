"""What every text that a pattern matches must hold: the pattern's literal stretches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from glossary.language.variants import fold
from glossary.termbase.tokens import FORM_END, FORM_START

__all__ = ["Stretches", "regular_expression_literals", "wildcard_literals"]

#: Each group has one stretch or several, of which every match holds at least one: folded text,
#: with FORM_START and FORM_END where only the start or the end of a term will do.
Stretches = tuple[tuple[str, ...], ...]

#: An operation of a parsed expression and its arguments.
_Node = tuple[Any, Any]

_EDGES = {
    ops.AT_BEGINNING: FORM_START,
    ops.AT_BEGINNING_STRING: FORM_START,
    ops.AT_END: FORM_END,
    ops.AT_END_STRING: FORM_END,
}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


def wildcard_literals(query: str) -> Stretches:
    """Return the stretches between the wildcards ``*`` and ``?`` of a folded query."""
    whole = f"{FORM_START}{_literal(query)}{FORM_END}"
    return tuple((stretch,) for stretch in re.split(r"[*?]+", whole) if stretch)


def regular_expression_literals(expression: str) -> Stretches:
    """Return the literal stretches that a regular expression cannot match without.

    The tree of Python's own parser is read (as Cox 2012 does for the trigram index of Code Search),
    so that groups, alternatives, repetitions and escapes mean what they mean when it matches.

    Args:
        expression: a valid expression, matched regardless of case.
    """
    collector = _Collector()
    collector.walk(_parser.parse(expression, re.IGNORECASE))
    return collector.groups()


def _literal(text: str) -> str:
    """Return text folded, without what stands for the edges of a term here."""
    return fold(text).replace(FORM_START, " ").replace(FORM_END, " ")


class _Collector:
    def __init__(self) -> None:
        self._stretch: list[str] = []
        self._groups: list[tuple[str, ...]] = []

    def groups(self) -> Stretches:
        self._cut()
        return tuple(self._groups)

    def _cut(self) -> None:
        if self._stretch:
            self._groups.append(("".join(self._stretch),))
            self._stretch.clear()

    def walk(self, nodes: Iterable[_Node]) -> None:
        """Take in a sequence of nodes."""
        for operation, argument in nodes:
            if operation is ops.LITERAL:
                self._stretch.append(_literal(chr(argument)))
            elif operation is ops.IN and (letter := _only_letter(argument)):
                self._stretch.append(letter)
            elif operation is ops.SUBPATTERN:
                self.walk(argument[-1])
            elif operation is ops.ATOMIC_GROUP:
                self.walk(argument)
            elif operation is ops.AT and argument in _EDGES:
                self._stretch.append(_EDGES[argument])
            elif operation is not ops.AT:
                self._cut()
                self._needed((operation, argument))

    def _needed(self, node: _Node) -> None:
        """Take in what a node that is no plain stretch needs nevertheless."""
        operation, argument = node
        if operation is ops.BRANCH:
            longest = [_longest(branch) for branch in argument[1]]
            if all(longest):
                self._groups.append(tuple(longest))
        elif operation in _REPEATS and argument[0] > 0:
            self.walk(argument[2])
            self._cut()


def _only_letter(choices: list[_Node]) -> str:
    """Return the letter that a set like ``[Nn]`` stands for, or nothing."""
    letters = {
        fold(chr(argument)) if operation is ops.LITERAL else "" for operation, argument in choices
    }
    return letters.pop() if len(letters) == 1 else ""


def _longest(nodes: Iterable[_Node]) -> str:
    """Return the longest stretch that a branch cannot do without, perhaps none."""
    branch = _Collector()
    branch.walk(nodes)
    sure = (group[0] for group in branch.groups() if len(group) == 1)
    return max(sure, key=len, default="")
