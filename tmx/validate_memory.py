"""What breaks a translation memory: its structure, and what CAT tools stumble over.

The tools and versions are those measured: OmegaT 3.6 and 6.1, Weblate 5.14, translate-toolkit 3.20,
and what Trados' manual says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tmx.findings import FindingLog
from tmx.grammar import GrammarChecker
from tmx.languages import is_wellformed
from tmx.rules_tmx import TMX_RULES

__all__ = ["MemoryChecker"]

_DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DATES = ("creationdate", "changedate", "lastusagedate")
_OMEGAT_CONTEXT = frozenset({"file", "id", "prev", "next", "path"})
_TRADOS_LENGTH = 2000


@dataclass(slots=True)
class _Unit:
    line: int
    source: str
    languages: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class MemoryChecker:
    """Looks at the events of a TMX file."""

    def __init__(self, log: FindingLog, root: str, attributes: dict[str, str]) -> None:
        del root
        self.title = f"TMX {attributes.get('version', '(no version)')}"
        self.items = 0
        self._log = log
        self._grammar = GrammarChecker(TMX_RULES, log)
        self._source = ""
        self._unit: _Unit | None = None
        self._segment: list[str] | None = None
        self._seen: dict[int, int] = {}
        self._targets: dict[int, int] = {}

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Take the start of an element."""
        self._grammar.start(name, attributes, line)
        for key in _DATES:
            if key in attributes and not _DATE.fullmatch(attributes[key]):
                self._log.add("E206", line, f"{key}={attributes[key]!r} is not YYYYMMDDThhmmssZ")
        if name == "header":
            self._header(attributes.get("srclang", ""), line)
        elif name == "tu":
            self._unit = _Unit(line, attributes.get("srclang", self._source))
        elif name == "tuv" and self._unit is not None:
            language = attributes.get("xml:lang", attributes.get("lang", ""))
            self._unit.languages.append(language)
            self._unit.texts.append("")
            self._language(language, line)
        elif name == "seg":
            self._segment = []
        elif name == "prop" and attributes.get("type") in _OMEGAT_CONTEXT:
            message = f"OmegaT takes the property {attributes['type']} for the segment's context"
            self._log.add("W212", line, message)

    def text(self, text: str, line: int) -> None:
        """Take text of the innermost element."""
        self._grammar.text(text, line)
        if self._segment is not None:
            self._segment.append(text)

    def end(self, name: str, line: int) -> None:
        """Take the end of an element."""
        self._grammar.end(line)
        if name == "seg" and self._segment is not None:
            text, self._segment = "".join(self._segment), None
            if self._unit is not None and self._unit.texts:
                self._unit.texts[-1] = text
                self._segment_text(text, line)
        elif name == "tu" and self._unit is not None:
            self._finish_unit(self._unit)
            self._unit = None
            self.items += 1

    def finish(self) -> None:
        """Take the end of the file."""

    def _header(self, source: str, line: int) -> None:
        self._source = "" if source.lower() == "*all*" else source
        if not self._source:
            which = "*all*" if source else "missing"
            self._log.add(
                "W202", line, f"srclang is {which}: OmegaT 3.6 or Weblate refuses the file"
            )
        else:
            self._language(source, line)

    def _language(self, language: str, line: int) -> None:
        if language and not is_wellformed(language):
            self._log.add(
                "E201", line, f"{language!r} is no language code; OmegaT 6.1 refuses the file"
            )

    def _segment_text(self, text: str, line: int) -> None:
        if not text.strip():
            self._log.add("W208", line, "the segment is empty")
        elif text != text.strip():
            self._log.add(
                "W207", line, "white space at an end of the segment: OmegaT finds no match"
            )
        if len(text) > _TRADOS_LENGTH:
            self._log.add("W213", line, f"{len(text)} characters; Trados takes {_TRADOS_LENGTH}")

    def _finish_unit(self, unit: _Unit) -> None:
        if not unit.languages:
            return
        languages = [language.lower().replace("_", "-") for language in unit.languages]
        source = unit.source.lower().replace("_", "-")
        if len(set(languages)) < len(languages):
            message = "two variants of one language: OmegaT and Weblate keep only the last"
            self._log.add("W204", unit.line, message)
        if source and (source not in languages or set(languages) == {source}):
            # Tools that compare only the base language still find it.
            bases = {language.partition("-")[0] for language in languages}
            if source.partition("-")[0] not in bases or len(languages) < 2:
                self._log.add("W203", unit.line, f"no pair with the source language {unit.source}")
        elif source and languages[0] != source:
            self._log.add("W205", unit.line, "the source language does not stand first")
        if len(unit.texts) < 2:
            return
        at = languages.index(source) if source in languages else 0
        text = unit.texts[at]
        others = tuple(t for index, t in enumerate(unit.texts) if index != at)
        if text.strip() and text in others:
            self._log.add("W209", unit.line, "source and target are identical")
        self._repeated(unit, text, others)

    def _repeated(self, unit: _Unit, text: str, others: tuple[str, ...]) -> None:
        # Hashes, not texts: a million units stay within some 100 MB.
        whole, key = hash((text, others)), hash(text)
        if whole in self._seen:
            self._log.add("W210", unit.line, f"the same unit as in line {self._seen[whole]}")
            return
        self._seen[whole] = unit.line
        if key in self._targets:
            line = self._targets[key]
            message = f"another target for the source of line {line}: OmegaT inserts one of them"
            self._log.add("W211", unit.line, message)
        self._targets.setdefault(key, unit.line)
