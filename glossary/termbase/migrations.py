"""Bring termbases that an earlier tifa wrote to the present schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from glossary.termbase.trigrams import add_trigrams

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "migrate"]

#: ``PRAGMA user_version``: the version of ``schema.sql``.
SCHEMA_VERSION = 3


def _index_trigrams(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE VIRTUAL TABLE term_trigrams USING fts5 "
        "(tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
    )
    add_trigrams(connection, connection.execute("SELECT number, text, language FROM terms"))


def _add_inflections(connection: sqlite3.Connection) -> None:
    # Imported here: it is done once for a termbase, and start-up counts.
    from glossary.termbase.forms import add_words

    add_words(connection, dict(connection.execute("SELECT word, lemma FROM words")))


#: What turns a termbase of a version into one of the next. A change of ``schema.sql`` after a
#: release raises SCHEMA_VERSION and adds a step here, and an old termbase to the tests.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: _index_trigrams,
    2: _add_inflections,
}


def migrate(
    connection: sqlite3.Connection,
    *,
    target: int = SCHEMA_VERSION,
    steps: Mapping[int, Callable[[sqlite3.Connection], None]] = MIGRATIONS,
) -> None:
    """Take a termbase to version ``target`` step by step, whole or not at all.

    Args:
        connection: open for writing, not in a transaction.
        target: the version wanted; not below the termbase's own.
        steps: a step from each version to the next.
    """
    # Steps may rebuild tables that others refer to; the check at the end makes up for it.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked for anew under the lock: another program may have been first.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number in range(version, target):
            steps[number](connection)
        if version < target:
            connection.execute(f"PRAGMA user_version = {target}")
        _check_references(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise sqlite3.IntegrityError(f"migration left {broken[0]} referring to nothing")
