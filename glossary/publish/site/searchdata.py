"""What the browser searches: one short row an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from glossary.language.pinyin import initials, letters, numbered, syllables
from glossary.language.script import to_simplified, to_traditional
from glossary.model import is_chinese
from glossary.publish.entries import Entry, mark
from glossary.publish.site.frame import entry_file

__all__ = ["search_data"]


def search_data(entries: Iterable[Entry]) -> str:
    """Return a script that sets ``tifaEntries``: a script, since pages on a disk cannot fetch.

    Each row: file, head, language of the head, pinyin as shown, renderings with their marks, and
    the forms it is found by: Chinese in both scripts, pinyin letters, other languages.
    """
    rows = [_row(entry) for entry in entries]
    # "</" would end a script element if someone inlined this file.
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.tifaEntries = {text};\n"


def _row(entry: Entry) -> list[Any]:
    terms = (entry.head, *entry.variants)
    chinese: dict[str, None] = {}
    readings: dict[str, None] = {}
    for term in terms:
        if not is_chinese(term.language):
            continue
        simplified = to_simplified(term.text)
        chinese |= dict.fromkeys((term.text, simplified, to_traditional(simplified)))
        reading = numbered(simplified)
        readings |= dict.fromkeys(
            (letters(reading), initials(reading), *("".join(syllables(w)) for w in reading.split()))
        )
    other = [] if is_chinese(entry.head.language) else [entry.head.text]
    return [
        entry_file(entry.concept),
        entry.head.text,
        entry.head.language,
        entry.pinyin,
        [[term.text, mark(term).value] for term in entry.renderings],
        list(chinese),
        list(readings),
        other,
    ]
