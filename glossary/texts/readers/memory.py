"""Translation files as texts: the segments of one language of a TMX or XLIFF file, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from glossary.errors import BadInputError
from glossary.texts.clean import clean, tidy
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.xml import parse_xml
from glossary.texts.requests import normalize_language

__all__ = ["read_tmx", "read_xliff", "xliff_pairs"]

# Codes of the original format, not text (XLIFF 1.2 §2.4, XLIFF 2.1 §4.2.3).
_CODES = {"ph", "x", "bpt", "ept", "it", "bx", "ex", "sc", "ec"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tmx(path: Path, language: str) -> list[Paragraph]:
    """Return the segments of ``language`` of a TMX file, one paragraph a unit.

    Args:
        path: the file.
        language: an internal tag; if empty, the file must have one language only.

    Raises:
        BadInputError: the file is no TMX, or has no or several languages that could be meant.
    """
    from tmx.tmx14 import iter_load

    pairs = ((v.language, v.text) for unit in iter_load(path) for v in unit.variants)
    return _choose(pairs, language, path)


def read_xliff(data: bytes, path: Path, language: str) -> list[Paragraph]:
    """Return the source or target segments of an XLIFF 1.x or 2.x file, whichever ``language`` is.

    Args:
        data: the file.
        path: its name, for messages.
        language: an internal tag; if empty, the file must have one language only.

    Raises:
        BadInputError: the file is no XLIFF, or has no or several languages that could be meant.
    """
    root = _xliff_root(data, path)
    return _choose(_xliff_segments(root), language, path)


def xliff_pairs(path: Path) -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Yield the segments of an XLIFF 1.x or 2.x file that have a source.

    Yields:
        the id of the unit, then language and text of its source and of its target; the target's
        text is empty where there is none.

    Raises:
        BadInputError: the file cannot be read or is no XLIFF.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"cannot be opened: {error.strerror}", place=path) from error
    root = _xliff_root(data, path)
    for element, languages in _xliff_units(root):
        texts = {
            side: "".join(_text(found))
            if (found := element.find(f"{{*}}{side}")) is not None
            else ""
            for side in languages
        }
        owner = element.getparent()
        # In XLIFF 2 a segment's own id is optional and the unit around it has one.
        name = element.get("id") or (owner.get("id", "") if owner is not None else "")
        source, target = ((languages[side], texts[side]) for side in ("source", "target"))
        yield str(name), source, target


def _xliff_root(data: bytes, path: Path) -> etree._Element:
    root = parse_xml(data, path)
    if etree.QName(root).localname != "xliff":
        raise BadInputError("is not XLIFF: its root element is not <xliff>", place=path)
    return root


def _xliff_units(root: etree._Element) -> Iterator[tuple[etree._Element, dict[str, str]]]:
    """Yield each unit with the languages of its source and target."""
    languages = {"source": root.get("srcLang", ""), "target": root.get("trgLang", "")}
    for element in root.iter("{*}file", "{*}trans-unit", "{*}segment"):
        if etree.QName(element).localname == "file":
            languages = {
                side: element.get(f"{side}-language", default)
                for side, default in languages.items()
            }
        else:
            yield element, languages


def _xliff_segments(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield language and text of each source and target."""
    for element, languages in _xliff_units(root):
        for side, default in languages.items():
            for found in element.findall(f"{{*}}{side}"):
                yield str(found.get(_LANG, default)), "".join(_text(found))


def _text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if etree.QName(child).localname not in _CODES:
            yield from _text(child)
        yield child.tail or ""


def _choose(pairs: Iterator[tuple[str, str]], language: str, path: Path) -> list[Paragraph]:
    segments: dict[str, list[Paragraph]] = {}
    for tag, text in pairs:
        kept = tidy(clean(text))
        if kept:
            segments.setdefault(tag, []).append(Paragraph(kept))
    matching = [tag for tag in segments if _matches(tag, language)]
    # Of several regions of the language asked for (en-GB, en-US) the fullest is meant.
    if matching and (language or len(matching) == 1):
        return segments[max(matching, key=lambda tag: len(segments[tag]))]
    there = ", ".join(segments) or "none"
    raise BadInputError(
        f"has no segments in {language}: its languages are {there}"
        if language and not matching
        else f"does not tell which of its languages is meant: {there}",
        place=path,
        cure="say which with language=…",
    )


def _matches(tag: str, language: str) -> bool:
    """Whether a tag of the file is the language asked for; any is if none was."""
    if not language:
        return True
    try:
        found = normalize_language(tag)
    except ValueError:
        return False
    # A bare "zh", asked for or in the file, is Chinese of either script.
    return found == language or (found[:2] == language[:2] == "zh" and "zh" in {found, language})
