"""Name the format of an exchange file and say what is wrong with it, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from glossary.errors import BadInputError
from tmx.detection import codec_of
from tmx.findings import FindingLog, Validation
from tmx.validate_glossary import GlossaryChecker
from tmx.validate_lines import CHECKED_LINES, check_lines
from tmx.validate_memory import MemoryChecker
from tmx.validate_terms import TermChecker
from tmx.xmlstream import MAX_DEPTH, new_parser, pump

__all__ = ["validate"]

_XML_ENDINGS = (".tmx", ".tbx", ".tbx3", ".xml", ".xlf", ".xliff", ".gz", ".zip", ".mtf")
# C1 controls are legal XML and never meant; U+FFFD is what a decoder leaves where it failed.
_SUSPICIOUS = re.compile("[\x80-\x84\x86-\x9f\ufffd]")


class Checker(Protocol):
    """What looks at the events of one format."""

    title: str
    items: int

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Take the start of an element."""

    def text(self, text: str, line: int) -> None:
        """Take text of the innermost element."""

    def end(self, name: str, line: int) -> None:
        """Take the end of an element."""

    def finish(self) -> None:
        """Take the end of the file."""


_CHECKERS: dict[str, Callable[[FindingLog, str, dict[str, str]], Checker]] = {
    "tmx": MemoryChecker,
    "martif": GlossaryChecker,
    "tbx": GlossaryChecker,
    "mtf": TermChecker,
    "xliff": TermChecker,
}


def validate(path: Path) -> Validation:
    """Return what a file is and everything found wrong with it.

    XML is checked against the structure of its format and against what is known to break in CAT
    tools, other formats line by line. A format without rules of its own is read by its codec,
    which raises what is wrong.

    Raises:
        BadInputError: the file cannot be read or is not well formed.
        UsageError: it is not XML and its ending tells no format.
    """
    log = FindingLog()
    if not _looks_like_xml(path):
        module = codec_of(path)
        name, title = module.CODEC.name, module.CODEC.title
        if name in CHECKED_LINES:
            return log.validation(title, check_lines(path, name, log))
        return log.validation(title, sum(1 for _ in module.iter_load(path)))
    events = _Events(path, log)
    for _ in pump(path, events.parser, lambda: events.progress):
        pass
    if events.checker is None:
        return log.validation(events.title, 0)
    events.checker.finish()
    return log.validation(events.checker.title, events.checker.items)


def _looks_like_xml(path: Path) -> bool:
    if path.name.lower().endswith(_XML_ENDINGS):
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror}", place=path, cure="check its name and permissions"
        ) from error
    stripped = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return stripped.startswith(b"<")


class _Events:
    """Hands expat's events to the checker of the format."""

    def __init__(self, path: Path, log: FindingLog) -> None:
        self.checker: Checker | None = None
        self.title = "unknown"
        self.progress = 0
        self._path, self._log = path, log
        self._depth = 0
        self._prefixes: list[set[str]] = [{"xml", "xmlns"}]
        self._unbound: set[str] = set()
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadInputError(
                f"elements are nested deeper than {MAX_DEPTH}",
                place=self._path,
                line=line,
                cure="the file is damaged or not what its name says",
            )
        declared = {key[6:] for key in attributes if key.startswith("xmlns:")}
        self._prefixes.append(self._prefixes[-1] | declared if declared else self._prefixes[-1])
        for qualified in (name, *attributes):
            prefix, colon, _ = qualified.partition(":")
            if colon and prefix not in self._prefixes[-1] and prefix not in self._unbound:
                self._unbound.add(prefix)
                self._log.add(
                    "W002",
                    line,
                    f"the prefix {prefix}: is not declared; parsers with namespaces refuse the file"
                    " (translate-toolkit, OmegaT 6.1)",
                )
        if self._depth == 1:
            self._root(name, attributes, line)
        if self.checker is not None:
            self.checker.start(name, attributes, line)
            self.progress = self.checker.items

    def _root(self, name: str, attributes: dict[str, str], line: int) -> None:
        local = name.rpartition(":")[2]
        if local in _CHECKERS:
            self.checker = _CHECKERS[local](self._log, local, attributes)
        else:
            self._log.add(
                "E001", line, f"well-formed XML with the root <{name}> is no format that tifa knows"
            )

    def _text(self, text: str) -> None:
        line = self.parser.CurrentLineNumber
        if found := _SUSPICIOUS.search(text):
            self._log.add("W004", line, f"the text holds U+{ord(found[0]):04X}")
        if self.checker is not None:
            self.checker.text(text, line)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._prefixes.pop()
        if self.checker is not None:
            self.checker.end(name, self.parser.CurrentLineNumber)
            self.progress = self.checker.items
