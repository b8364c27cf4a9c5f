"""Check the structure of an XML file while it is read: the part of a DTD that these formats use.

The schemas themselves are not part of tifa (their repositories name no licence). The rules here
say the same; the tests compare verdicts with the published DTD and RELAX NG on real files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tmx.findings import FindingLog

__all__ = ["Element", "GrammarChecker", "Part", "part"]

ANY = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A run of child elements: any of ``names``, at least ``least`` and at most ``most`` times."""

    names: frozenset[str]
    least: int
    most: int


def part(names: str, times: str = "*") -> Part:
    """Return a run from a DTD-like notation: names, and ``*``, ``+``, ``?`` or ``1``."""
    least, most = {"*": (0, ANY), "+": (1, ANY), "?": (0, 1), "1": (1, 1)}[times]
    return Part(frozenset(names.split()), least, most)


@dataclass(frozen=True, slots=True)
class Element:
    """What an element may hold.

    Attributes:
        parts: its children as runs, in order.
        text: whether it may hold text.
        required, optional: attribute names.
        values: the allowed values of attributes that have a list.
    """

    parts: tuple[Part, ...] = ()
    text: bool = False
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    name: str
    rule: Element | None
    index: int = 0
    count: int = 0


class GrammarChecker:
    """Follows the elements of a file and logs what breaks the rules."""

    def __init__(self, rules: Mapping[str, Element], log: FindingLog) -> None:
        self._rules = rules
        self._log = log
        self._stack: list[_Open] = []

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Take the start of an element; ``name`` is as the rules have it."""
        rule = self._rules.get(name)
        if self._stack:
            parent = self._stack[-1]
            if parent.rule is not None and not self._accept(parent, name, line):
                self._log.add("E101", line, f"<{name}> may not stand here in <{parent.name}>")
                rule = None
            elif parent.rule is None:
                rule = None
        self._stack.append(_Open(name, rule))
        if rule is None:
            return
        names = {key for key in attributes if not key.startswith(("xmlns", "xsi:"))}
        for key in sorted(names - rule.required - rule.optional):
            self._log.add("E103", line, f"<{name}> may not have the attribute {key}")
        for key in sorted(rule.required - names):
            self._log.add("E104", line, f"<{name}> has no {key}")
        for key, allowed in rule.values.items():
            if key in attributes and attributes[key] not in allowed:
                choices = ", ".join(sorted(allowed))
                self._log.add("E105", line, f"{key}={attributes[key]!r}: one of {choices}")

    def text(self, text: str, line: int) -> None:
        """Take text of the innermost element."""
        rule = self._stack[-1].rule if self._stack else None
        if rule is not None and not rule.text and text.strip():
            self._log.add("E106", line, f"<{self._stack[-1].name}> may not hold text")

    def end(self, line: int) -> None:
        """Take the end of the innermost element."""
        current = self._stack.pop()
        if current.rule is None:
            return
        for index in range(current.index, len(current.rule.parts)):
            run = current.rule.parts[index]
            count = current.count if index == current.index else 0
            if count < run.least:
                self._missing(current.name, run, line)

    def _accept(self, parent: _Open, name: str, line: int) -> bool:
        """Return whether the element may stand here, and log what should have come before it."""
        assert parent.rule is not None
        parts = parent.rule.parts
        index, count = parent.index, parent.count
        missing: list[Part] = []
        while index < len(parts):
            run = parts[index]
            if name in run.names and (run.most == ANY or count < run.most):
                parent.index, parent.count = index, count + 1
                for run in missing:
                    self._missing(parent.name, run, line)
                return True
            if count < run.least:
                missing.append(run)
            index, count = index + 1, 0
        return False

    def _missing(self, name: str, run: Part, line: int) -> None:
        wanted = "> or <".join(sorted(run.names)[:4])
        self._log.add("E102", line, f"<{name}> has no <{wanted}>")
