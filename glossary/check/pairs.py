"""Pairs of segments to check, from two texts or from a file that holds both sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glossary.check.findings import Checked
from glossary.errors import BadInputError, UsageError
from glossary.model import Bitext, Segment, is_chinese

__all__ = ["PAIRED", "pairs_of_bitext", "pairs_of_file"]

#: Endings of files that hold both sides.
PAIRED = (".tmx", ".xlf", ".xliff")


def pairs_of_bitext(bitext: Bitext) -> list[Checked]:
    """Return the beads of a bitext whose first document takes part, one a pair."""
    name = bitext.documents[0].source.id
    return [
        Checked(
            f"{name} {_numbers(bitext.segments(bead, 0))}",
            bitext.text(bead, 0),
            bitext.text(bead, 1),
        )
        for bead in bitext.beads
        if bead.members[0]
    ]


def _numbers(segments: Sequence[Segment]) -> str:
    """Return the numbers of neighbouring segments, from 1, as people count."""
    first, last = segments[0].index + 1, segments[-1].index + 1
    return str(first) if first == last else f"{first}–{last}"


def pairs_of_file(path: Path) -> tuple[list[Checked], str, str]:
    """Return the pairs of a TMX or XLIFF file and the languages of its two sides.

    Raises:
        BadInputError: it cannot be read, or holds no segment with a Chinese and another side.
        UsageError: its ending is that of neither.
    """
    read = {".tmx": _tmx, ".xlf": _xliff, ".xliff": _xliff}.get(path.suffix.lower())
    if read is None:
        raise UsageError(
            f"{path} is one text alone", cure="give its translation as well, or a TMX or XLIFF file"
        )
    found = read(path)
    if not found[0]:
        raise BadInputError(
            "holds no segments of Chinese with another language", place=path, cure="give two texts"
        )
    return found


def _tmx(path: Path) -> tuple[list[Checked], str, str]:
    from tmx.tmx14 import load

    memory = load(path)
    pairs, languages = [], ("", "")
    for number, unit in enumerate(memory.units, start=1):
        sides = {is_chinese(variant.language): variant for variant in reversed(unit.variants)}
        if len(sides) < 2:
            continue
        first = is_chinese(memory.source_language) or memory.source_language == "*all*"
        source, target = sides[first], sides[not first]
        languages = languages if all(languages) else (source.language, target.language)
        place = f"{path.name} unit {unit.tuid or number}"
        pairs.append(Checked(place, source.text, target.text))
    return pairs, *languages


def _xliff(path: Path) -> tuple[list[Checked], str, str]:
    from glossary.texts.readers.memory import xliff_pairs

    pairs, languages = [], ("", "")
    for number, (name, source, target) in enumerate(xliff_pairs(path), start=1):
        if is_chinese(source[0]) is not is_chinese(target[0]):
            languages = languages if all(languages) else (source[0], target[0])
            pairs.append(Checked(f"{path.name} unit {name or number}", source[1], target[1]))
    return pairs, *languages
