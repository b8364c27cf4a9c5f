"""What breaks a glossary in MultiTerm XML or in XLIFF 2: its structure and its terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from tmx.findings import FindingLog
from tmx.grammar import Element, GrammarChecker, part
from tmx.languages import is_wellformed
from tmx.xmlstream import local_name

__all__ = ["TermChecker"]

_TYPE = frozenset({"type"})
_MIXED = Element((part("xref"),), text=True, required=_TYPE)
_GROUPS = "descripGrp transacGrp"
#: MultiTerm's published schema (MTF), as far as files have it; links may stand in any text.
_MTF_RULES = {
    "mtf": Element((part("conceptGrp"),)),
    "conceptGrp": Element(
        (part("concept", "?"), part(f"system {_GROUPS}"), part("languageGrp", "+"))
    ),
    "concept": Element(text=True),
    "system": Element(text=True, required=_TYPE),
    "languageGrp": Element((part("language", "1"), part(_GROUPS), part("termGrp", "+"))),
    "language": Element(required=frozenset({"lang", "type"})),
    "termGrp": Element((part("term", "1"), part(_GROUPS))),
    "term": Element(text=True),
    "descripGrp": Element((part("descrip", "1"), part(_GROUPS))),
    "descrip": _MIXED,
    "transacGrp": Element((part("transac", "1"), part("date", "?"))),
    "transac": Element(text=True, required=_TYPE),
    "date": Element(text=True),
    "xref": Element(
        text=True, optional=frozenset("Tlink Clink Plink Ulink Slink Glink Blink".split())
    ),
}


@dataclass(slots=True)
class _Entry:
    line: int
    terms: list[tuple[str, str]] = field(default_factory=list)
    described: bool = False


class TermChecker:
    """Looks at the events of a MultiTerm XML or XLIFF file."""

    def __init__(self, log: FindingLog, root: str, attributes: dict[str, str]) -> None:
        self._multiterm = root == "mtf"
        version = attributes.get("version", "(no version)")
        self.title = "MultiTerm XML" if self._multiterm else f"XLIFF {version}"
        self.items = 0
        self._log = log
        # Of XLIFF only the glossary module is looked into.
        self._grammar = GrammarChecker(_MTF_RULES, log) if self._multiterm else None
        self._sides = (attributes.get("srcLang", ""), attributes.get("trgLang", ""))
        self._language = ""
        self._entry: _Entry | None = None
        self._text: list[str] = []
        self._line = 1
        if not self._multiterm:
            for code in filter(None, self._sides):
                self._check_language(code, 1)
            if version[:1] != "2":
                log.add("W301", 1, "only XLIFF 2 has a module for glossaries")

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Take the start of an element."""
        local = local_name(name)
        if self._grammar is not None:
            self._grammar.start(local, attributes, line)
        self._text, self._line = [], line
        if local in {"conceptGrp", "glossEntry"}:
            self._entry = _Entry(line)
        elif local == "language":
            self._language = attributes.get("lang", "")
            self._check_language(self._language, line)

    def text(self, text: str, line: int) -> None:
        """Take text of the innermost element."""
        if self._grammar is not None:
            self._grammar.text(text, line)
        self._text.append(text)

    def end(self, name: str, line: int) -> None:
        """Take the end of an element."""
        if self._grammar is not None:
            self._grammar.end(line)
        local = local_name(name)
        if self._entry is None:
            return
        if local in {"term", "translation"}:
            self._finish_term(local, self._entry)
        elif local == "definition":
            self._entry.described = True
        elif local in {"conceptGrp", "glossEntry"}:
            self._finish_entry(self._entry)
            self._entry = None
        self._text = []

    def finish(self) -> None:
        """Take the end of the file."""

    def _check_language(self, code: str, line: int) -> None:
        if not is_wellformed(code):
            self._log.add("E201", line, f"{code!r} is no language code")

    def _finish_term(self, local: str, entry: _Entry) -> None:
        text = " ".join("".join(self._text).split())
        language = self._language if self._multiterm else self._sides[local == "translation"]
        if not text:
            self._log.add("W208", self._line, "the term is empty")
        elif (language, text) in entry.terms:
            self._log.add("W210", self._line, f"the term {text!r} stands twice in its entry")
        elif any(text == other for _, other in entry.terms):
            self._log.add("W209", self._line, f"{text!r} is its own translation")
        entry.terms.append((language, text))

    def _finish_entry(self, entry: _Entry) -> None:
        self.items += 1
        if not self._multiterm and len(entry.terms) < 2 and not entry.described:
            message = "<glossEntry> has neither a <translation> nor a <definition>"
            self._log.add("E102", entry.line, message)
