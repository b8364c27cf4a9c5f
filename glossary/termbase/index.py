"""Ask the search index: forms by key, by reading, by what they contain or resemble."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.model import Concept
from glossary.termbase.connection import translated_errors
from glossary.termbase.fulltext import all_of, any_of, beginning, token
from glossary.termbase.rows import read_concepts
from glossary.termbase.tokens import deletions

__all__ = ["Form", "FormIndex", "TermPlace"]

_COLUMNS = "number, chinese, key, pinyin, letters, initials"
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Form:
    """What terms that differ only in script, case, punctuation or inflection have in common.

    Attributes:
        key: see ``glossary.language.variants``.
        pinyin: numbered reading (``wang3-luo4 qiang2-guo2``); None for other languages.
        letters: the reading without tones and spaces.
        initials: the first letter of each syllable.
    """

    number: int
    chinese: bool
    key: str
    pinyin: str | None
    letters: str | None
    initials: str | None


@dataclass(frozen=True, slots=True)
class TermPlace:
    """A term that has a form: the number of its concept, its position there, and its weight."""

    form: int
    concept: int
    position: int
    text: str
    authority: int
    count: int


class FormIndex:
    """The derived search index of a termbase."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def _forms(self, condition: str, *values: object) -> list[Form]:
        with translated_errors(self._path):
            return [
                Form(row[0], bool(row[1]), *row[2:])
                for row in self._connection.execute(
                    f"SELECT {_COLUMNS} FROM forms WHERE {condition}", values
                )
            ]

    def with_key(self, key: str, *, chinese: bool) -> list[Form]:
        """Return the form of that key, if there is one."""
        return self._forms("chinese = ? AND key = ?", chinese, key)

    def with_prefix(self, prefix: str, *, chinese: bool, limit: int) -> list[Form]:
        """Return forms whose key begins with ``prefix``, the shortest first."""
        return self._forms(
            "chinese = ? AND key >= ? AND key < ? ORDER BY length(key), key LIMIT ?",
            chinese,
            prefix,
            prefix + _LAST,
            limit,
        )

    def with_letters(self, letters: str) -> list[Form]:
        """Return the Chinese forms read so, tones aside."""
        return self._forms("letters = ? ORDER BY number", letters)

    def with_letters_prefix(self, letters: str, *, limit: int) -> list[Form]:
        """Return the Chinese forms whose reading begins so, the shortest first."""
        return self._forms(
            "letters >= ? AND letters < ? ORDER BY length(letters), letters, number LIMIT ?",
            letters,
            letters + _LAST,
            limit,
        )

    def with_initials(self, initials: str, *, limit: int) -> list[Form]:
        """Return the Chinese forms whose syllables begin with these letters."""
        return self._forms("initials = ? ORDER BY number LIMIT ?", initials, limit)

    def forms(self, numbers: Sequence[int]) -> list[Form]:
        """Return the forms with those numbers."""
        return self._forms(f"number IN ({','.join('?' * len(numbers))}) ORDER BY number", *numbers)

    def containing(self, groups: Sequence[Sequence[str]], *, limit: int) -> list[Form]:
        """Return forms that hold a token of each group, in the order they were added."""
        query = all_of(any_of(map(token, group)) for group in groups)
        return self._forms(
            "number IN (SELECT rowid FROM form_tokens WHERE form_tokens MATCH ? LIMIT ?)",
            query,
            limit,
        )

    def containing_character(self, character: str, *, limit: int) -> list[Form]:
        """Return forms with a pair of characters that begins with ``character``."""
        return self._forms(
            "number IN (SELECT rowid FROM form_tokens WHERE form_tokens MATCH ? LIMIT ?)",
            beginning(character),
            limit,
        )

    def token_counts(self, tokens: Iterable[str]) -> dict[str, int]:
        """Return how many forms hold each token, for the tokens that any holds."""
        distinct = list(dict.fromkeys(tokens))
        with translated_errors(self._path):
            return dict(
                self._connection.execute(
                    "SELECT token, forms FROM token_counts "
                    f"WHERE token IN ({','.join('?' * len(distinct))})",
                    distinct,
                ).fetchall()
            )

    def resembling(
        self, tokens: Iterable[str], *, votes: int, postings: int, limit: int
    ) -> list[Form]:
        """Return forms that share the most of the rarest tokens, those with rarer ones first.

        Args:
            tokens: of ``glossary.termbase.tokens``.
            votes: how many of the rarest tokens vote.
            postings: tokens held by more forms than this do not vote, unless all do.
            limit: how many forms to return.
        """
        counts = sorted((count, held) for held, count in self.token_counts(tokens).items())
        voters = [pair for pair in counts[:votes] if pair[0] <= postings] or counts[:1]
        if not voters:
            return []
        ballots = " UNION ALL ".join(
            "SELECT * FROM (SELECT rowid AS form, ? AS weight FROM form_tokens "
            "WHERE form_tokens MATCH ? LIMIT ?)"
            for _ in voters
        )
        values = [
            value for count, held in voters for value in (1 + 1 / count, token(held), postings)
        ]
        with translated_errors(self._path):
            best = self._connection.execute(
                f"SELECT form FROM ({ballots}) GROUP BY form "
                "ORDER BY sum(weight) DESC, form LIMIT ?",
                (*values, limit),
            ).fetchall()
        return self.forms([number for (number,) in best])

    def lemma(self, word: str) -> str | None:
        """Return the lemma of an English word if it stands in a term in any inflection, or None."""
        with translated_errors(self._path):
            row = self._connection.execute(
                "SELECT lemma FROM words WHERE word = ?", (word,)
            ).fetchone()
        return None if row is None else str(row[0])

    def same_lemma(self, word: str) -> list[str]:
        """Return the inflections of an English word that stands in a term in any of them."""
        with translated_errors(self._path):
            return [
                found
                for (found,) in self._connection.execute(
                    "SELECT word FROM words WHERE lemma = "
                    "coalesce((SELECT lemma FROM words WHERE word = ?1), ?1) ORDER BY word",
                    (word,),
                )
            ]

    def similar_lemmas(self, word: str, *, slips: int = 1) -> list[str]:
        """Return the lemmas of the words in terms that so many slips turn into ``word``."""
        spellings = {word}
        for _ in range(slips):
            spellings = {shorter for spelling in spellings for shorter in deletions(spelling)}
        with translated_errors(self._path):
            return [
                lemma
                for (lemma,) in self._connection.execute(
                    "SELECT DISTINCT lemma FROM spellings "
                    f"WHERE spelling IN ({','.join('?' * len(spellings))}) ORDER BY lemma",
                    sorted(spellings),
                )
            ]

    def places(self, forms: Sequence[int]) -> list[TermPlace]:
        """Return where the forms occur, by concept and position."""
        with translated_errors(self._path):
            return [
                TermPlace(*row)
                for row in self._connection.execute(
                    "SELECT form, concept, position, text, authority, "
                    "(SELECT count(*) FROM attestations WHERE term = terms.number) FROM terms "
                    f"WHERE form IN ({','.join('?' * len(forms))}) ORDER BY concept, position",
                    list(forms),
                )
            ]

    def concepts(self, numbers: Sequence[int]) -> list[Concept]:
        """Return the concepts with those row numbers."""
        with translated_errors(self._path):
            return read_concepts(self._connection, numbers)

    def pairs_from(self, character: str) -> list[str]:
        """Return the tokens of two characters that begin with ``character``."""
        with translated_errors(self._path):
            return [
                found
                for (found,) in self._connection.execute(
                    "SELECT token FROM token_counts "
                    "WHERE token >= ? AND token < ? AND length(token) = 2",
                    (character, character + _LAST),
                )
            ]

    def chinese_texts(self, query: str) -> Iterator[tuple[int, str]]:
        """Yield the numbers of Chinese forms with their keys and their texts in terms.

        Args:
            query: only forms that this full-text query finds (``glossary.termbase.fulltext``) by
                their tokens; if it is empty, all.
        """
        # FTS5 gives its rows in order: those that nobody asks for are never read.
        narrowed = "form_tokens AS found CROSS JOIN" if query else ""
        condition = "form_tokens MATCH ? AND forms.number = found.rowid AND" if query else ""
        with translated_errors(self._path):
            last = 0
            for number, key, text in self._connection.execute(
                f"SELECT forms.number, key, text FROM {narrowed} forms CROSS JOIN terms "
                f"WHERE {condition} chinese AND form = forms.number",
                (query,) if query else (),
            ):
                if number != last:
                    yield number, key
                    last = number
                if text != key:
                    yield number, text

    def other_texts(self, query: str) -> Iterator[tuple[int, str]]:
        """Yield the numbers of other forms with their texts in terms.

        Args:
            query: only terms that this full-text query finds by their trigrams; if it is empty,
                all.
        """
        narrowed = "term_trigrams AS found CROSS JOIN" if query else ""
        condition = "term_trigrams MATCH ? AND terms.number = found.rowid AND" if query else ""
        with translated_errors(self._path):
            yield from self._connection.execute(
                f"SELECT form, text FROM {narrowed} terms CROSS JOIN forms "
                f"WHERE {condition} forms.number = form AND NOT chinese",
                (query,) if query else (),
            )

    def head_readings(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the numbered pinyin of the head of each of those concepts that has one."""
        with translated_errors(self._path):
            return dict(
                self._connection.execute(
                    "SELECT t.concept, f.pinyin FROM terms t JOIN forms f ON f.number = t.form "
                    f"WHERE t.concept IN ({','.join('?' * len(numbers))}) AND f.chinese "
                    "ORDER BY t.concept, t.position DESC",
                    list(numbers),
                ).fetchall()
            )
