"""What breaks a glossary in TBX: its structure, its links and what CAT tools stumble over."""

from __future__ import annotations

import datetime
import re

from tmx.findings import FindingLog
from tmx.grammar import GrammarChecker
from tmx.languages import is_wellformed
from tmx.rules_tbx import MARTIF_RULES, TBX_RULES
from tmx.tbx_categories import CATEGORIES, status_from
from tmx.validity import is_valid_status
from tmx.xmlstream import local_name

__all__ = ["GlossaryChecker"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_ENTRIES = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_CATEGORY_ELEMENTS = frozenset({"descrip", "admin", "termNote", "transac", "transacNote", "ref"})


class GlossaryChecker:
    """Looks at the events of a TBX file of either version."""

    def __init__(self, log: FindingLog, root: str, attributes: dict[str, str]) -> None:
        self._version = 2 if root == "martif" else 3
        dialect = attributes.get("type", "")
        style = "martif" if self._version == 2 else attributes.get("style", "")
        self.title = " ".join(filter(None, (f"TBX {self._version}", dialect, style)))
        self.items = 0
        self._log = log
        self._grammar = GrammarChecker(MARTIF_RULES if self._version == 2 else TBX_RULES, log)
        self._basic = dialect == "TBX-Basic" and self._version == 3
        self._ids: set[str] = set()
        self._targets: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._category = ""
        self._line = 0
        self._language = ""
        self._terms: list[tuple[str, str]] = []
        self._in_entry = False
        if self._version == 3:
            log.add("W301", 1, "TBX 3 is imported by none of OmegaT, Lokalize, Weblate (use TBX 2)")

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Take the start of an element."""
        local = local_name(name)
        # In DCT style the element is the category; the structure knows it by its meta category.
        is_dct = ":" in name and self._version == 3
        category = CATEGORIES.get(local) if is_dct else None
        if category is not None:
            known = {"type": local} | attributes
            self._grammar.start(category.element, known, line)
        elif is_dct and local == "responsibility":
            self._grammar.start("transacNote", {"type": local} | attributes, line)
        else:
            self._grammar.start(name if is_dct else local, attributes, line)
        self._category = local if is_dct else attributes.get("type", "")
        if not is_dct and local not in _CATEGORY_ELEMENTS:
            self._category = local
        self._text, self._line = [], line
        if "id" in attributes:
            if attributes["id"] in self._ids:
                self._log.add("E107", line, f"the id {attributes['id']} stands twice")
            self._ids.add(attributes["id"])
        target = attributes.get("target", "")
        if target and not target.startswith(("http://", "https://")) and local != "xref":
            self._targets.append((target, line))
        if local in _ENTRIES:
            self._terms, self._in_entry = [], True
        elif local in _LANGUAGES:
            self._language = attributes.get("xml:lang", "")
            if self._language and not is_wellformed(self._language):
                self._log.add("E201", line, f"{self._language!r} is no language code")

    def text(self, text: str, line: int) -> None:
        """Take text of the innermost element."""
        self._grammar.text(text, line)
        self._text.append(text)

    def end(self, name: str, line: int) -> None:
        """Take the end of an element."""
        self._grammar.end(line)
        local = local_name(name)
        text = " ".join("".join(self._text).split())
        if local in _ENTRIES:
            self._finish_entry(line)
        elif local == "term" and self._in_entry:
            self._finish_term(text)
        elif local == "date" and self._in_entry:
            self._finish_date(text)
        elif self._category:
            self._finish_category(text)
        self._category = ""

    def finish(self) -> None:
        """Take the end of the file: every link must have met its target."""
        for target, line in self._targets:
            if target not in self._ids:
                self._log.add("E107", line, f"no element has the id {target}")

    def _finish_term(self, text: str) -> None:
        if not text:
            self._log.add("W208", self._line, "the term is empty")
            return
        if (self._language, text) in self._terms:
            self._log.add("W210", self._line, f"the term {text!r} stands twice in its entry")
        elif any(text == other for _, other in self._terms):
            self._log.add("W209", self._line, f"{text!r} is its own translation")
        self._terms.append((self._language, text))

    def _finish_date(self, text: str) -> None:
        # Version 2 takes a day only, version 3 a time of day as well (xs:date, xs:dateTime).
        match = _DATE.fullmatch(text)
        try:
            legal = match is not None and not (match[1] and self._version == 2)
            datetime.datetime.fromisoformat(text)
        except ValueError:
            legal = False
        if not legal:
            self._log.add("E206", self._line, f"{text!r} is not a date like 2023-05-05")

    def _finish_category(self, text: str) -> None:
        category = CATEGORIES.get(self._category)
        if category is None:
            return
        if category.values and self._basic and text not in category.values:
            choices = ", ".join(sorted(category.values)[:6])
            self._log.add("E105", self._line, f"{self._category} {text!r}: one of {choices}")
        status = status_from(text) if self._category == "administrativeStatus" else None
        if status is not None and not is_valid_status(status) and self._version == 2:
            self._log.add(
                "W302",
                self._line,
                f"a {status} term: OmegaT offers it as valid, Weblate drops its entry",
            )

    def _finish_entry(self, line: int) -> None:
        self.items += 1
        self._in_entry = False
        if not self._terms:
            self._log.add("W208", line, "the entry has no term")
