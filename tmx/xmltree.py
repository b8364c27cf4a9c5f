"""Small element trees of the parts of an XML file that matter, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from glossary.errors import BadInputError
from tmx.xmlstream import MAX_DEPTH, entity_text, local_name, new_parser, pump

__all__ = ["Node", "iter_nodes"]

# What pretty printing puts into text: a line break with an indented line after it.
_INDENTED = re.compile(r"[ \t]*\r?\n(?:\t|[ ]{2})[ \t]*")
_LEADING = re.compile(r"\A[ \t]*\r?\n\s*")
_TRAILING = re.compile(r"\r?\n[ \t]*\Z")


@dataclass(slots=True)
class Node:
    """An element: local name, attributes by their name in the file, text and children in order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[str | Node] = field(default_factory=list)

    def children(self) -> Iterator[Node]:
        """Yield the child elements."""
        for part in self.content:
            if isinstance(part, Node):
                yield part

    def find(self, name: str) -> Node | None:
        """Return the first descendant of that name, in document order."""
        for child in self.children():
            found = child if child.name == name else child.find(name)
            if found is not None:
                return found
        return None

    def raw_text(self) -> str:
        """Return all text in the element, as it stands."""
        return "".join(part.raw_text() if isinstance(part, Node) else part for part in self.content)

    def text(self) -> str:
        """Return all text in the element without the line breaks of pretty printing.

        A line break followed by indentation counts as one space, and as nothing at either end.
        """
        return unindented(self.raw_text())


def unindented(text: str) -> str:
    """Return ``text`` without the line breaks that pretty printing made."""
    if "\n" not in text:
        return text
    text = _TRAILING.sub("", _LEADING.sub("", text))
    return _INDENTED.sub(" ", text)


def iter_nodes(
    path: Path,
    roots: frozenset[str],
    wanted: frozenset[str],
    chunks: Iterator[bytes] | None = None,
) -> Iterator[Node]:
    """Yield the root element without content, then each element of a wanted name as a tree.

    Args:
        path: the file.
        roots: local names that the root element may have.
        wanted: local names of the elements to yield; they are not looked for inside each other.
        chunks: the file's text, if it is not to be read as it stands.

    Raises:
        BadInputError: the file is missing, not well formed, or has another root.
    """
    builder = _Builder(path, roots, wanted)
    for _ in pump(path, builder.parser, lambda: builder.count, chunks):
        ready, builder.ready = builder.ready, []
        yield from ready


class _Builder:
    def __init__(self, path: Path, roots: frozenset[str], wanted: frozenset[str]) -> None:
        self.ready: list[Node] = []
        self.count = 0
        self._path, self._roots, self._wanted = path, roots, wanted
        self._depth = 0
        self._stack: list[Node] = []
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.SkippedEntityHandler = self._skipped_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        line = self.parser.CurrentLineNumber
        if self._depth > MAX_DEPTH:
            raise BadInputError(
                f"elements are nested deeper than {MAX_DEPTH}",
                place=self._path,
                line=line,
                cure="the file is damaged or not what its name says",
            )
        name = local_name(name)
        if self._depth == 1:
            if name not in self._roots:
                raise BadInputError(
                    f"is not of the expected format: its root element is <{name}>",
                    place=self._path,
                    line=line,
                    cure="tifa validate names the format it is",
                )
            self.ready.append(Node(name, attributes, line))
        elif self._stack or name in self._wanted:
            node = Node(name, attributes, line)
            if self._stack:
                self._stack[-1].content.append(node)
            self._stack.append(node)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._stack:
            node = self._stack.pop()
            if not self._stack:
                self.ready.append(node)
                self.count += 1

    def _text(self, text: str) -> None:
        if self._stack:
            self._stack[-1].content.append(text)

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity:
            self._text(entity_text(name))
