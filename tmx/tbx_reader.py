"""Read TBX of every version, style and dialect as a stream of concepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Authority, Concept, Source, valid_date
from tmx.languages import internal_tag
from tmx.salvage import SalvageLog, salvaged_chunks
from tmx.tbx_entry import EntryReader
from tmx.xmltext import decode_id
from tmx.xmltree import Node, iter_nodes

__all__ = ["TbxStream", "read_tbx"]

# A header as the root, with the text inside it, is what some terminology banks publish.
_ROOTS = frozenset({"martif", "tbx", "martifHeader", "tbxHeader"})
_ENTRIES = frozenset({"termEntry", "conceptEntry"})
_REFERENCES = frozenset({"refObjectList", "refObjectSec"})


def read_tbx(
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    salvage: SalvageLog | None = None,
) -> TbxStream:
    """Read TBX 2 or 3 in martif, DCA or DCT style, whatever its dialect.

    Data that tifa has no field for is kept as labelled lines of the note (:mod:`tmx.labelled`).

    Args:
        path: plain, gzip or zip, in any declared encoding.
        languages: language of each exchange code, such as ``{"en-GB": "en-GB"}``; by default
            Chinese becomes ``zh-Hans`` or ``zh-Hant`` and English ``en``. With a mapping, codes
            that are not in it stay as they are.
        salvage: where what is lost is noted; with it a damaged file is read as far as its entries
            are sound (:mod:`tmx.salvage`) instead of raising an error.

    Raises:
        BadInputError: the file is missing, not well formed or not TBX.
    """
    return TbxStream(path, languages, salvage)


class TbxStream(Iterator[Concept]):
    """The concepts of a TBX file.

    Attributes:
        version: 2 or 3.
        dialect: what the file calls itself, such as ``TBX-Basic``.
        style: ``martif``, ``dca`` or ``dct``.
        title: the file's title.
    """

    def __init__(
        self,
        path: Path,
        languages: Mapping[str, str] | None = None,
        salvage: SalvageLog | None = None,
    ) -> None:
        chunks = None if salvage is None else salvaged_chunks(path, salvage)
        self._nodes = iter_nodes(path, _ROOTS, _ENTRIES | _REFERENCES | {"titleStmt"}, chunks)
        root = next(self._nodes, None)
        if root is None:
            raise BadInputError("holds no XML element", place=path, cure="is it the right file?")
        self.version = 2 if root.name.startswith("martif") else 3
        self.dialect = root.attributes.get("type", "")
        self.style = "martif" if self.version == 2 else root.attributes.get("style", "")
        self.title = ""
        self._reader = EntryReader(
            internal_tag if languages is None else lambda tag: languages.get(tag, tag)
        )
        self._sources: dict[str, Source] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the back matter and those that contexts name; complete at the end."""
        named = {
            name: Source(name) for name in self._reader.source_ids if name not in self._sources
        }
        return tuple((self._sources | named).values())

    def __iter__(self) -> TbxStream:
        """Return itself."""
        return self

    def __next__(self) -> Concept:
        """Return the next concept."""
        for node in self._nodes:
            if node.name in _ENTRIES:
                concept = self._reader.concept(node)
                if concept is not None:
                    return concept
            elif node.name == "titleStmt":
                title = node.find("title")
                self.title = title.text() if title is not None else ""
            elif node.attributes.get("type") == "bibl":
                for item in node.children():
                    source = _source(item)
                    self._sources[source.id] = source
        raise StopIteration


def _source(node: Node) -> Source:
    values = {
        item.attributes.get("type", ""): item.text()
        for item in node.children()
        if item.name == "item"
    }
    try:
        date = valid_date(values["date"])
    except (KeyError, ValueError):
        date = None
    try:
        authority = Authority.from_label(values.get("authority", ""))
    except ValueError:
        authority = Authority.UNOFFICIAL
    return Source(
        id=values.get("id") or decode_id(node.attributes.get("id", "")),
        title=values.get("title", ""),
        publisher=values.get("publisher", ""),
        language=values.get("language", ""),
        date=date,
        authority=authority,
        kind=values.get("kind", ""),
        url=values.get("url", ""),
        licence=values.get("licence", ""),
    )
