"""The indexes at the end of a printed glossary: by rendering, by strokes, by radical."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossary.language.pinyin import marked, numbered
from glossary.language.script import HAN, to_simplified
from glossary.model import is_chinese
from glossary.publish.entries import OTHER, Entry

__all__ = ["CHARACTER_INDEXES", "INDEXES", "character_indexes", "link", "rendering_index"]

#: Indexes of the first characters of Chinese heads.
CHARACTER_INDEXES = ("strokes", "radicals")
#: All indexes that a book can have.
INDEXES = ("english", *CHARACTER_INDEXES)

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a character stands in the tradition of Kangxi.

    Attributes:
        radical: its number, 1 to 214.
        form: the radical as it looks in the character's script: 149 is 言 or 讠.
        strokes: of the whole character.
    """

    radical: int
    form: str
    strokes: int


def link(place: int, listed: Sequence[Entry]) -> dict[str, str]:
    """Return what a template needs to lead to the entry at a place: ``id``, ``head``, language."""
    head = listed[place].head
    language = "zh" if is_chinese(head.language) else "en"
    return {"id": f"entry-{place}", "head": head.text, "language": language}


def rendering_index(listed: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return every rendering by first letter with the entries it stands in, articles last.

    Letter by letter, as the index of a dictionary; "the rule of law" stands under R.
    """
    found: dict[str, dict[str, Any]] = {}
    for place, entry in enumerate(listed):
        for term in entry.renderings:
            item = found.setdefault(term.text, {"text": _inverted(term.text), "entries": []})
            target = link(place, listed)
            if target not in item["entries"]:
                item["entries"].append(target)
    sections: list[dict[str, Any]] = []
    for key, item in sorted((_index_key(item["text"]), item) for item in found.values()):
        initial = key[1][:1].upper()
        letter = initial if "A" <= initial <= "Z" else OTHER
        if not sections or sections[-1]["letter"] != letter:
            sections.append({"letter": letter, "items": []})
        sections[-1]["items"].append(item)
    return sections


def _inverted(text: str) -> str:
    article = _ARTICLE.match(text)
    return f"{text[article.end() :]}, {article.group().strip()}" if article else text


def _index_key(text: str) -> tuple[bool, str, str]:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in decomposed if char.isalnum())
    return "a" <= letters[:1] <= "z", letters, text


def character_indexes(listed: Sequence[Entry], kinds: Collection[str]) -> list[dict[str, Any]]:
    """Return the indexes asked for, those of ``CHARACTER_INDEXES``, in that order.

    Each has its ``kind`` and ``sections``: the ``name`` is a number of strokes, or the forms of a
    radical with its ``number``. Items are the first characters of the heads with their strokes and
    the first entry of each of their readings; of one section by strokes, then as in Unicode, which
    follows Kangxi. Characters that the table does not know stand last, in a section without name.
    """
    if not set(kinds) & set(CHARACTER_INDEXES):
        return []
    targets = _first_entries(listed)
    indexes = []
    for kind in CHARACTER_INDEXES:
        if kind in kinds:
            by_section = _by_strokes if kind == "strokes" else _by_radical
            indexes.append({"kind": kind, "sections": by_section(targets)})
    return indexes


def _first_entries(listed: Sequence[Entry]) -> dict[str, list[dict[str, str]]]:
    """Return, for each first character, a link to the first entry of each of its readings."""
    found: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for place, entry in enumerate(listed):
        character = _HAN.match(entry.head.text)
        if character and entry.pinyin:
            reading = _first_syllable(entry.head.text)
            target = link(place, listed) | {"pinyin": reading}
            found[character.group()].setdefault(reading, target)
    return {character: list(readings.values()) for character, readings in found.items()}


def _first_syllable(head: str) -> str:
    return marked(re.split("[- ]", numbered(to_simplified(head)), maxsplit=1)[0])


def _by_strokes(targets: Mapping[str, list[dict[str, str]]]) -> list[dict[str, Any]]:
    table = _places()
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for character in targets:
        groups[table[character].strokes if character in table else 0].append(character)
    return [
        _section(str(strokes or ""), "", groups[strokes], targets)
        for strokes in sorted(groups, key=lambda count: count or 1 << 16)
    ]


def _by_radical(targets: Mapping[str, list[dict[str, str]]]) -> list[dict[str, Any]]:
    table = _places()
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for character in targets:
        groups[table[character].radical if character in table else 1 << 16].append(character)
    sections = []
    for radical in sorted(groups):
        forms = {table[character].form for character in groups[radical] if character in table}
        number = str(radical) if forms else ""
        sections.append(_section("".join(sorted(forms)), number, groups[radical], targets))
    return sections


def _section(
    name: str,
    number: str,
    characters: Sequence[str],
    targets: Mapping[str, list[dict[str, str]]],
) -> dict[str, Any]:
    table = _places()

    def order(character: str) -> tuple[int, int, int]:
        place = table.get(character, _Place(0, "", 0))
        return place.strokes, place.radical, ord(character)

    items = [
        {
            "character": character,
            "strokes": table[character].strokes if character in table else 0,
            "entries": targets[character],
        }
        for character in sorted(characters, key=order)
    ]
    return {"name": name, "number": number, "items": items}


@functools.cache
def _places() -> dict[str, _Place]:
    """Return the table of characters; ``scripts/build_characters.py`` made it from Unihan."""
    from importlib import resources

    lines = resources.files("glossary.publish").joinpath("characters.tsv")
    places: dict[str, _Place] = {}
    for line in lines.read_text(encoding="utf-8").splitlines()[1:]:
        radical, form, strokes, characters = line.split("\t")
        place = _Place(int(radical.rstrip("'")), form, int(strokes))
        places |= dict.fromkeys(characters, place)
    return places
