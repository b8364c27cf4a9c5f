"""Write TMX 1.4b as a stream: valid against the DTD and against the XSD that OmegaT 6.1 applies."""

from __future__ import annotations

import datetime
import functools
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from glossary import __version__
from glossary.errors import OutputError
from glossary.files import atomic_path
from glossary.model import Inline, Memory, TranslationUnit, Variant
from tmx.interface import DumpReport, LossLog
from tmx.memory_reader import UNBOUND
from tmx.xmltext import attribute, clean, escape_text, has_illegal

__all__ = ["HEADER_DEFAULTS", "tmx_date", "write_memory"]

_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'

#: The attributes of a header that the TMX 1.4 DTD requires, with what they are by default.
HEADER_DEFAULTS = {
    "creationtool": "tifa",
    "creationtoolversion": __version__,
    "segtype": "sentence",
    "o-tmf": "tifa",
    "adminlang": "en",
    "datatype": "plaintext",
}
# The other attributes that it allows.
_HEADER = frozenset(HEADER_DEFAULTS) | frozenset(
    "srclang o-encoding creationdate creationid changedate changeid".split()
)
_VARIANT = frozenset(
    "o-encoding datatype usagecount lastusagedate creationtool creationtoolversion creationdate "
    "creationid changedate o-tmf changeid".split()
)
_UNIT = _VARIANT | {"segtype", "srclang"}
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_SEGMENT_TYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
#: Elements that TMX 1.4 allows in a segment.
INLINE_TAGS = frozenset({"bpt", "ept", "hi", "it", "ph", "sub", "ut"})

_REDUCED = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?", re.ASCII)

_BATCH = 1000


@functools.lru_cache(maxsize=1024)
def tmx_date(text: str) -> str | None:
    """Return a date as TMX wants it, ``YYYYMMDDThhmmssZ``, or None if it is not a date.

    ISO 8601 dates in basic or extended form are taken, with a time and offset or without; parts
    that a reduced date leaves open become the first of their range, since TMX cannot leave them
    open.
    """
    text = text.strip()
    if match := _REDUCED.fullmatch(text):
        year, month, day = (group or "01" for group in match.groups())
        text = f"{year}-{month}-{day}"
    try:
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return f"{moment.year:04}{moment:%m%dT%H%M%S}Z"


def write_memory(
    header: Memory,
    units: Iterable[TranslationUnit],
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    source_first: bool = False,
) -> DumpReport:
    """Write ``units`` under the header of ``header`` (its own units are not looked at).

    Nothing is added inside ``seg``. Attributes that TMX does not have, dates that are none and
    characters that XML forbids are left out and reported. A memory without source language gets
    that of its first variant. Dates are those of the data; the header's is ``SOURCE_DATE_EPOCH``
    if that is set and the data have none.

    Args:
        header: source language, header attributes, props and notes.
        units: may be a generator; only one unit is in memory at a time.
        path: written whole or not at all.
        languages: exchange codes of languages, such as ``{"zh-Hans": "zh-CN"}``; a code that is
            not in it is written as it is.
        source_first: put the variant of the source language first in each unit, as some tools
            require; by default the order of the data is kept.

    Raises:
        OutputError: the file cannot be written.
    """
    writer = _Writer(languages or {}, source_first)
    return writer.write(header, iter(units), path)


class _Writer:
    def __init__(self, languages: Mapping[str, str], source_first: bool) -> None:
        self._languages = languages
        self._source_first = source_first
        self._source_language = ""
        self._log = LossLog()
        self._unit = ""
        self._count = 0

    def write(self, header: Memory, units: Iterator[TranslationUnit], path: Path) -> DumpReport:
        first = next(units, None)
        if first is not None:
            units = itertools.chain((first,), units)
        self._source_language = header.source_language or _first_language(first)
        with atomic_path(path) as temporary:
            try:
                with temporary.open("w", encoding="utf-8", newline="\n") as stream:
                    self._write(header, units, stream)
            except UnicodeEncodeError as error:
                raise OutputError(f"cannot be written as UTF-8: {error}", place=path) from error
        return self._log.report(self._count)

    def _write(self, header: Memory, units: Iterator[TranslationUnit], stream: TextIO) -> None:
        stream.write(f'{_PROLOGUE}<tmx version="1.4">\n{self._header(header)}<body>\n')
        while batch := list(itertools.islice(units, _BATCH)):
            stream.write("".join(map(self._translation_unit, batch)))
        stream.write("</body>\n</tmx>\n")

    def _header(self, header: Memory) -> str:
        self._unit = "the header"
        values = dict(header.attributes)
        if values.get("segtype", "sentence") not in _SEGMENT_TYPES:
            self._log.add("segmentation type that TMX does not have", self._unit)
            del values["segtype"]
        for name, default in HEADER_DEFAULTS.items():
            values.setdefault(name, default)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if "creationdate" not in values and epoch.isdecimal():
            moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
            values["creationdate"] = f"{moment:%Y%m%dT%H%M%S}Z"
        values["srclang"] = self._source_language
        attributes = self._attributes(values.items(), _HEADER)
        meta = self._meta(header.notes, header.props)
        return f"<header{attributes}>\n{meta}</header>\n" if meta else f"<header{attributes}/>\n"

    def _translation_unit(self, unit: TranslationUnit) -> str:
        self._unit = unit.tuid or f"unit {self._count + 1}"
        if not unit.variants:
            self._log.add("units without any variant, left out", self._unit)
            return ""
        self._count += 1
        variants: Iterable[Variant] = unit.variants
        if self._source_first:
            source = self._code(self._source_language).lower()
            # A stable sort: the others keep their order.
            variants = sorted(variants, key=lambda v: self._code(v.language).lower() != source)
        attributes = attribute("tuid", unit.tuid) if unit.tuid else ""
        if unit.attributes:
            attributes += self._attributes(unit.attributes, _UNIT)
        meta = self._meta(unit.notes, unit.props) if unit.notes or unit.props else ""
        return f"<tu{attributes}>\n{meta}" + "".join(map(self._variant, variants)) + "</tu>\n"

    def _variant(self, variant: Variant) -> str:
        attributes = attribute("xml:lang", self._code(variant.language))
        if variant.attributes:
            attributes += self._attributes(variant.attributes, _VARIANT)
        meta = ""
        if variant.notes or variant.props:
            meta = "\n" + self._meta(variant.notes, variant.props)
        return f"<tuv{attributes}>{meta}<seg>{self._content(variant.content)}</seg></tuv>\n"

    def _content(self, content: tuple[str | Inline, ...]) -> str:
        if len(content) == 1 and isinstance(content[0], str):
            return self._text(content[0])
        return "".join(
            self._text(part) if isinstance(part, str) else self._inline(part) for part in content
        )

    def _inline(self, inline: Inline) -> str:
        tag, names = inline.tag, dict(inline.attributes)
        if tag not in INLINE_TAGS:
            self._log.add("inline elements that TMX does not have, kept", self._unit)
        attributes = "".join(attribute(key, value) for key, value in names.items())
        for prefix in dict.fromkeys(
            name.partition(":")[0] for name in (tag, *names) if ":" in name
        ):
            if prefix not in {"xml", "xmlns"} and f"xmlns:{prefix}" not in names:
                attributes += attribute(f"xmlns:{prefix}", UNBOUND + prefix)
        content = self._content(inline.content)
        return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"

    def _meta(self, notes: Iterable[str], props: Iterable[tuple[str, str]]) -> str:
        pieces = [f"<note>{self._text(note)}</note>\n" for note in notes]
        pieces += [
            f"<prop{attribute('type', name)}>{self._text(value)}</prop>\n" for name, value in props
        ]
        return "".join(pieces)

    def _attributes(self, pairs: Iterable[tuple[str, str]], known: frozenset[str]) -> str:
        written = []
        for name, value in pairs:
            if name not in known:
                self._log.add(f"attribute {name}, which TMX does not have here", self._unit)
            elif name in _DATES:
                if date := tmx_date(value):
                    written.append(attribute(name, date))
                else:
                    self._log.add(f"{name} that is not a date", self._unit)
            elif name == "segtype" and value not in _SEGMENT_TYPES:
                self._log.add("segmentation type that TMX does not have", self._unit)
            elif name == "srclang":
                written.append(attribute(name, self._code(value)))
            else:
                written.append(attribute(name, value))
        return "".join(written)

    def _text(self, text: str) -> str:
        if has_illegal(text):
            self._log.add("texts with characters that XML forbids, removed", self._unit)
            text = clean(text)
        return escape_text(text)

    def _code(self, language: str) -> str:
        return self._languages.get(language, language)


def _first_language(unit: TranslationUnit | None) -> str:
    """Return the language that a memory without one is taken to have: its first variant's."""
    if unit is None or not unit.variants:
        return "und"
    return unit.variants[0].language
