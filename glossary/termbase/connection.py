"""Open SQLite files as termbases, and turn what SQLite reports into errors people can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from glossary.errors import BadInputError, OutputError, TifaError
from glossary.termbase import migrations

__all__ = ["APPLICATION_ID", "connect", "create_file", "is_termbase", "translated_errors"]

#: ``PRAGMA application_id`` of a termbase: "tifa" in ASCII.
APPLICATION_ID = 0x74696661
#: How long a writer waits for another one, in seconds; an import of 100,000 concepts takes less.
BUSY_TIMEOUT = 60.0

#: How an SQLite file begins (SQLite file format, 1.3.1).
_HEADER = b"SQLite format 3\0"


def is_termbase(path: Path) -> bool:
    """Return whether a path is an SQLite file, or a folder, which may hold a termbase."""
    if path.is_dir():
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError:
        return False


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Raise what SQLite reports about ``path`` as a TifaError of one line."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of ours, not of the file
    except sqlite3.Error as error:
        raise _translated(error, path) from error


def _translated(error: sqlite3.Error, path: Path) -> TifaError:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return OutputError(
            "another program is writing to it", place=path, cure="try again when it has finished"
        )
    if name.startswith("SQLITE_FULL") or (name.startswith("SQLITE_IOERR") and _is_full(path)):
        return OutputError(
            "the disk is full; nothing was changed", place=path, cure="make room and try again"
        )
    if name.startswith("SQLITE_READONLY"):
        return OutputError(
            "cannot be written", place=path, cure="check the permissions of the file and its folder"
        )
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return OutputError(
            f"cannot be read or written: {error}",
            place=path,
            cure="check the disk and the permissions of the file and its folder",
        )
    if name.startswith("SQLITE_NOTADB"):
        return _foreign(path)
    return BadInputError(
        f"the termbase is damaged: {error}", place=path, cure="restore it from a copy"
    )


def _is_full(path: Path) -> bool:
    """Return whether there is no room: SQLite says so only of some of its files."""
    # Imported here: start-up counts.
    import shutil

    try:
        return shutil.disk_usage(path.absolute().parent).free == 0
    except OSError:
        return False


def _foreign(path: Path) -> BadInputError:
    return BadInputError("is not a termbase", place=path, cure="tifa build OUT/ writes one")


def create_file(path: Path) -> None:
    """Write an empty termbase to ``path``, whole or not at all, over a file that is there."""
    # Imported here: reading needs neither, and start-up counts.
    from importlib import resources

    from glossary.files import atomic_path

    schema = resources.files("glossary.termbase").joinpath("schema.sql").read_text("utf-8")
    with atomic_path(path) as temporary, translated_errors(path):
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {migrations.SCHEMA_VERSION}; {schema} COMMIT;"
            )
        finally:
            connection.close()
        # The log of a file that is replaced here would be taken for that of the new one.
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Return a connection to the termbase at ``path``.

    Raises:
        BadInputError: there is no such file, it is no termbase, cut short or of a newer tifa.
    """
    _check_file(path)
    connection, version = _checked(path, readonly)
    if version < migrations.SCHEMA_VERSION:
        connection.close()
        # Also where it is only to be read: everything above knows one schema.
        with translated_errors(path), closing(_connect(path)) as writer:
            migrations.migrate(writer, target=migrations.SCHEMA_VERSION)
        connection, version = _checked(path, readonly)
    return connection


def _checked(path: Path, readonly: bool) -> tuple[sqlite3.Connection, int]:
    """Return a connection to a termbase that is not newer than this tifa, and its version."""
    with translated_errors(path):
        connection = _connect_readonly(path) if readonly else _connect(path)
    try:
        return connection, _schema_version(connection, path)
    except BaseException:
        connection.close()
        raise


def _schema_version(connection: sqlite3.Connection, path: Path) -> int:
    with translated_errors(path):
        connection.execute("PRAGMA foreign_keys = ON")
        identity = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if identity != APPLICATION_ID:
        raise _foreign(path)
    known = migrations.SCHEMA_VERSION
    if version > known:
        raise BadInputError(
            f"was written by a newer tifa (schema {version}, this one knows {known})",
            place=path,
            cure="pip install --upgrade tifa-glossary",
        )
    return version


def _uri(path: Path) -> str:
    """Return the URI by which SQLite finds a file; ``Path.as_uri`` loads all of urllib for it."""
    name = path.absolute().as_posix()
    for mark in "%?#":  # the percent sign first
        name = name.replace(mark, f"%{ord(mark):02x}")
    return "file://" + ("" if name.startswith("/") else "/") + name


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{_uri(path)}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT,
        isolation_level=None,
    )


def _connect_readonly(path: Path) -> sqlite3.Connection:
    """Connect to read only, on a medium that cannot be written too.

    A read-only connection to a file in WAL mode leaves its ``-wal`` and ``-shm`` behind, so one
    that could write is told not to. Where the folder cannot be written or the disk is full,
    nobody else writes either: the file may be taken as immutable.
    """
    connection = _connect(path)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        connection.close()
        unwritable = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR")
        if _has_log(path) or not error.sqlite_errorname.startswith(unwritable):
            raise
        uri = f"{_uri(path)}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _has_log(path: Path) -> bool:
    """Return whether a write-ahead log may hold what the file lacks."""
    wal = _wal(path)
    return wal.exists() and wal.stat().st_size > 0


def _check_file(path: Path) -> None:
    """Look at the first bytes of the file: SQLite's own messages name no cause.

    A write-ahead log may hold what the file lacks, so a file that has one is left to SQLite.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = file.seek(0, 2)
    except OSError as error:
        raise BadInputError(
            f"cannot be opened: {error.strerror}",
            place=path,
            cure="name a termbase with --termbase FILE",
        ) from error
    if _has_log(path):
        return
    if not header.startswith(_HEADER):
        raise _foreign(path)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    expected = pages * (65536 if page == 1 else page)
    if size < expected or len(header) < 100:
        raise BadInputError(
            f"is cut short: {size} of {expected} bytes", place=path, cure="restore it from a copy"
        )
