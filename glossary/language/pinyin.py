"""Hanyu Pinyin: readings of terms, and readings as people type them.

Readings are kept numbered, syllables joined by hyphens and words set apart by spaces
(``wang3-luo4 qiang2-guo2``): every other form follows from that one without a dictionary.
Spelling and word division follow GB/T 16159-2012, tones are those of the dictionary (no sandhi).
"""

from __future__ import annotations

import functools
import importlib.util
import re
import unicodedata
from pathlib import Path

from glossary.language.script import HAN
from glossary.language.words import chinese_words

__all__ = [
    "initials",
    "letters",
    "marked",
    "numbered",
    "pinyin",
    "readings",
    "split_letters",
    "syllables",
    "typed",
]

_SEPARATOR = re.compile(r"[- ]")
_NUMBERED = re.compile(r"([a-zv]+)([1-5])")
_MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
_TONES = {mark: tone for tone, mark in _MARKS.items()}
_TYPED = re.compile(r"[a-zü1-5' -]+")

# The syllables of Standard Chinese by initial; v stands for ü.
_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan un v ve",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "i a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "i a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "i a e ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "i e ao ou an en ang eng ong u ua uo ui uan un",
    "z": "i a e ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "i a e ai ao ou an en ang eng ong u uo ui uan un",
    "s": "i a e ai ao ou an en ang eng ong u uo ui uan un",
    "y": "a e ao ou an ang i in ing ong u ue uan un o",
    "w": "a o ai ei an en ang eng u",
}
_SYLLABLES = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)
_LONGEST = max(map(len, _SYLLABLES))


#: pypinyin's dictionary of phrases has these two as they sound before other tones.
_UNCHANGED = {"一": "yi1", "不": "bu4"}


@functools.cache
def _han_run() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]+")


@functools.cache
def _overrides() -> dict[str, list[str]]:
    """Return readings of the register that pypinyin's dictionaries lack or have wrong."""
    from importlib import resources

    table = resources.files("glossary.language").joinpath("pinyin_overrides.tsv")
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return {term: reading.split("-") for term, reading in rows}


def _apart(unknown: str) -> list[str]:
    """Keep pypinyin from joining characters that it does not know."""
    return list(unknown)


def _syllables_of_run(han: str) -> list[str]:
    """Return one numbered syllable for each character of a run of Han characters."""
    # Imported late: its dictionaries take a fifth of a second.
    from pypinyin import Style, lazy_pinyin

    found = [
        _UNCHANGED.get(character)
        or "".join(filter(str.isalnum, syllable.replace("ü", "v")))
        or character
        for character, syllable in zip(
            han,
            lazy_pinyin(
                han,
                style=Style.TONE3,
                neutral_tone_with_five=True,
                errors=_apart,  # type: ignore[arg-type]  # a list is allowed, says its manual
            ),
            strict=True,
        )
    ]
    overrides = _overrides()
    position = 0
    while position < len(han):
        for length in range(min(len(han) - position, max(map(len, overrides))), 1, -1):
            reading = overrides.get(han[position : position + length])
            if reading:
                found[position : position + length] = reading
                position += length - 1
                break
        position += 1
    return found


def numbered(text: str) -> str:
    """Return the numbered reading of a simplified Chinese term, words apart.

    Letters and digits that are not Han stand as they are, in lower case; other marks go.
    """
    by_character: dict[int, str] = {}
    for run in _han_run().finditer(text):
        for offset, syllable in enumerate(_syllables_of_run(run.group())):
            by_character[run.start() + offset] = syllable
    words = []
    for word in chinese_words(text):
        parts: list[str] = []
        plain = ""
        for position in range(word.start, word.end):
            if position in by_character:
                parts += [plain, by_character[position]]
                plain = ""
            elif text[position].isalnum():
                plain += text[position].lower()
        parts = [part for part in [*parts, plain] if part]
        if parts:
            words.append("-".join(parts))
    return " ".join(words)


def marked(reading: str) -> str:
    """Return a numbered reading with tone marks, syllables of a word together.

    ``xi1-an1`` is ``xī'ān``: an apostrophe parts a syllable that begins with a vowel.
    """
    return " ".join(
        "".join(
            ("'" if index and part[0] in "aoe" and _NUMBERED.fullmatch(part) else "") + _mark(part)
            for index, part in enumerate(word.split("-"))
        )
        for word in reading.split(" ")
    )


def _mark(syllable: str) -> str:
    match = _NUMBERED.fullmatch(syllable)
    if not match:
        return syllable
    sounds, tone = match.groups()
    vowels = [index for index, letter in enumerate(sounds) if letter in "aeiouv"]
    if tone in _MARKS and vowels:
        # The mark stands on a or e, on the o of ou, otherwise on the last vowel.
        place = next((index for index in vowels if sounds[index] in "ae"), None)
        if place is None:
            place = sounds.index("o") if "ou" in sounds else vowels[-1]
        sounds = sounds[: place + 1] + _MARKS[tone] + sounds[place + 1 :]
    return unicodedata.normalize("NFC", sounds.replace("v", "ü"))


def pinyin(text: str) -> str:
    """Return the reading of a simplified Chinese term for people: ``wǎngluò qiángguó``."""
    return marked(numbered(text))


def syllables(reading: str) -> list[str]:
    """Return the syllables of a numbered reading without their tones."""
    return [_toneless(part) for part in _SEPARATOR.split(reading) if part]


def _toneless(syllable: str) -> str:
    match = _NUMBERED.fullmatch(syllable)
    return match.group(1) if match else syllable


def letters(reading: str) -> str:
    """Return a numbered reading as people type it: ``wangluoqiangguo``."""
    return "".join(syllables(reading))


def initials(reading: str) -> str:
    """Return the first letter of each syllable: ``wlqg``; of other words, all of it."""
    return "".join(
        part[0] if _NUMBERED.fullmatch(part) else part for part in _SEPARATOR.split(reading) if part
    )


@functools.lru_cache(maxsize=4096)
def readings(character: str) -> tuple[str, ...]:
    """Return the syllables, without tones, that a character can be read as, the commonest first."""
    # pypinyin has ``"34892": "xíng,háng,xìng,hàng,héng",``: to find a few in its text takes a
    # hundredth of the time of reading all of it, and start-up counts.
    entry = re.search(rf'"{ord(character)}"\s*:\s*"([^"]*)"', _character_readings())
    found = unicodedata.normalize("NFD", entry.group(1) if entry else "")
    plain = "".join(c for c in found.replace("u\u0308", "v") if c.isascii())
    return tuple(dict.fromkeys(filter(str.isalpha, plain.split(","))))


@functools.cache
def _character_readings() -> str:
    """Return the text of pypinyin's table of single characters, JSON."""
    # Found without importing the package, which brings its phrases.
    package = importlib.util.find_spec("pypinyin")
    folders = package.submodule_search_locations if package else None
    path = Path(next(iter(folders or ()), "")) / "pinyin_dict.json"
    return path.read_text(encoding="utf-8")


def typed(text: str) -> tuple[str, str] | None:
    """Understand pinyin as people type it, with tone marks, tone numbers or neither.

    Returns:
        The letters without tones (``wangluoqiangguo``) and the tones, a digit for each syllable
        (empty if no tone was given), or None if the text cannot be pinyin.
    """
    plain = text.strip().lower().replace("’", "'").replace("u:", "v")
    found: list[str] = []
    tones = ""
    for character in unicodedata.normalize("NFD", plain):
        if character in _TONES:
            tones += _TONES[character]
        else:
            found.append(character)
    plain = unicodedata.normalize("NFC", "".join(found))
    if not _TYPED.fullmatch(plain):
        return None
    tones = tones or "".join(filter(str.isdigit, plain))
    plain = "".join(filter(str.isalpha, plain)).replace("ü", "v")
    return (plain, tones) if plain else None


def split_letters(text: str) -> list[str]:
    """Return unspaced pinyin cut into syllables, the fewest pieces and the earliest long ones.

    What is no syllable (a typing mistake) comes out as single letters.
    """
    # best[i]: cost and the end of the first piece of the cheapest cut of text[i:].
    best: list[tuple[float, int]] = [(0.0, len(text))] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        best[start] = (2.5 + best[start + 1][0], start + 1)
        for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
            if text[start:end] in _SYLLABLES and 1 + best[end][0] <= best[start][0]:
                best[start] = (1 + best[end][0], end)
    pieces, start = [], 0
    while start < len(text):
        end = best[start][1]
        pieces.append(text[start:end])
        start = end
    return pieces
