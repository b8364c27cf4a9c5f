"""Pairs of translation files as beads: TMX and XLIFF say what belongs together, and no more.

Every pair counts as set by a person: such a file has been through a translator's hands.
"""

from __future__ import annotations

from pathlib import Path

from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.errors import BadInputError
from glossary.model import Source
from glossary.texts.clean import clean, tidy

__all__ = ["load_tmx", "load_xliff"]


def load_tmx(path: Path) -> SavedAlignment:
    """Read the units of a TMX file as beads; its languages, in order of appearance, are the texts.

    Raises:
        BadInputError: the file is no TMX, or has less than two languages.
    """
    from tmx.tmx14 import iter_load

    units: list[dict[str, str]] = []
    languages: dict[str, None] = {}
    for unit in iter_load(path):
        # Of two variants of one language the last counts, as in CAT tools.
        texts = {variant.language: variant.text for variant in unit.variants}
        languages |= dict.fromkeys(texts)
        units.append(texts)
    return _alignment(
        path, [[texts.get(tag, "") for tag in languages] for texts in units], [*languages]
    )


def load_xliff(path: Path) -> SavedAlignment:
    """Read the units of an XLIFF file (1.x or 2.x) as beads of its source and its target.

    Raises:
        BadInputError: the file is no XLIFF, or does not name two languages.
    """
    from glossary.texts.readers.memory import xliff_pairs

    rows: list[list[str]] = []
    languages: list[str] = []
    for _, source, target in xliff_pairs(path):
        languages = languages or [source[0], target[0]]
        rows.append([source[1], target[1]])
    return _alignment(path, rows, [tag for tag in languages if tag])


def _alignment(path: Path, rows: list[list[str]], languages: list[str]) -> SavedAlignment:
    from tmx.languages import internal_tag

    if len(languages) < 2:
        raise BadInputError("has no units in two languages", place=path)
    texts = [[tidy(clean(text)) for text in row] for row in rows]
    beads = [
        SavedBead(tuple((text,) if text else () for text in row), 1.0, edited=True)
        for row in texts
        if any(row)
    ]
    sources = tuple(Source(tag, language=internal_tag(tag)) for tag in languages)
    return SavedAlignment(sources, tuple(beads))
