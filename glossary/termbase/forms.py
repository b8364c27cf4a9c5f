"""Fill the search index: find or make the form of each term."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from glossary.language.pinyin import initials, letters, numbered
from glossary.language.variants import chinese_key, english_key, plain_lemma
from glossary.language.words import english_inflections
from glossary.model import is_chinese
from glossary.termbase.tokens import deletions, form_tokens

__all__ = ["FormWriter", "add_words", "load_dictionaries"]

#: Forms remembered within a transaction; 100,000 take about 20 MB.
_REMEMBERED = 100_000


def load_dictionaries() -> None:
    """Load what the first term that is written would have to wait for."""
    numbered(chinese_key("中"))
    english_inflections(plain_lemma("a"))


def add_words(connection: sqlite3.Connection, words: Mapping[str, str]) -> None:
    """Add words of terms, given with their lemmas: their inflections and their neighbours.

    So no query needs the dictionary, which takes longer to load than a termbase to search.
    """
    connection.executemany("INSERT OR IGNORE INTO words VALUES (?, ?)", words.items())
    connection.executemany(
        "INSERT OR IGNORE INTO words VALUES (?, ?)",
        (
            (word, lemma)
            for lemma in dict.fromkeys(words.values())
            for word in english_inflections(lemma)
        ),
    )
    # A misspelt word may be nearer to the inflection that stands in a term than to its lemma.
    connection.executemany(
        "INSERT OR IGNORE INTO spellings VALUES (?, ?)",
        (
            (spelling, lemma)
            for word, lemma in words.items()
            for known in dict.fromkeys((word, lemma))
            for spelling in sorted(deletions(known))
        ),
    )


class FormWriter:
    """Writes forms and their tokens within one transaction; ``flush`` before it ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (self._last,) = connection.execute("SELECT coalesce(max(number), 0) FROM forms").fetchone()
        self._numbers: dict[tuple[bool, str], int] = {}
        self._words: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def numbers(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        """Return the form numbers of terms given as text and language."""
        found: list[int] = []
        new: list[tuple[int, bool, str]] = []
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
        for text, language in terms:
            chinese = is_chinese(language)
            key = chinese_key(text) if chinese else english_key(text, self._lemma)
            number = self._numbers.get((chinese, key))
            if number is None:
                row = self._connection.execute(
                    "SELECT number FROM forms WHERE chinese = ? AND key = ?", (chinese, key)
                ).fetchone()
                if row is None:
                    self._last += 1
                    new.append((self._last, chinese, key))
                number = self._last if row is None else row[0]
                self._numbers[chinese, key] = number
            found.append(number)
        self._insert(new)
        return found

    def _insert(self, new: Sequence[tuple[int, bool, str]]) -> None:
        forms = []
        tokens = []
        for number, chinese, key in new:
            reading = numbered(key) if chinese else None
            typed = (None, None) if reading is None else (letters(reading), initials(reading))
            forms.append((number, chinese, key, reading, *typed))
            of_form = form_tokens(key, reading)
            tokens.append((number, " ".join(of_form)))
            self._counts.update(of_form)
        self._connection.executemany("INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?)", forms)
        self._connection.executemany(
            "INSERT INTO form_tokens (rowid, tokens) VALUES (?, ?)", tokens
        )

    def _lemma(self, word: str) -> str:
        lemma = self._words.get(word)
        if lemma is None:
            lemma = self._words[word] = plain_lemma(word)
        return lemma

    def remove_unused(self, numbers: Iterable[int]) -> None:
        """Remove those of the forms that no term has any more."""
        for number in sorted(set(numbers)):
            row = self._connection.execute(
                "SELECT key, pinyin FROM forms WHERE number = ? "
                "AND NOT EXISTS (SELECT 1 FROM terms WHERE form = forms.number)",
                (number,),
            ).fetchone()
            if row is None:
                continue
            tokens = form_tokens(*row)
            self._counts.subtract(tokens)
            self._connection.execute(
                "INSERT INTO form_tokens (form_tokens, rowid, tokens) VALUES ('delete', ?, ?)",
                (number, " ".join(tokens)),
            )
            self._connection.execute("DELETE FROM forms WHERE number = ?", (number,))
        self._numbers.clear()

    def flush(self) -> None:
        """Write the counts of tokens and the words met since the last flush."""
        self._connection.executemany(
            "INSERT INTO token_counts VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET forms = forms + excluded.forms",
            [(token, count) for token, count in self._counts.items() if count],
        )
        self._connection.execute("DELETE FROM token_counts WHERE forms <= 0")
        add_words(self._connection, self._words)
        self._counts.clear()
        self._words.clear()
