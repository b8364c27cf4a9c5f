"""The core glossary that ships with tifa: as a termbase, as a glossary, as plain formulations."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossary import __version__
from glossary.errors import TifaError
from glossary.model import AdministrativeStatus, Authority, Glossary
from glossary.termbase.migrations import SCHEMA_VERSION
from glossary.termbase.store import Termbase

__all__ = ["CORE_TITLE", "Formulation", "core_glossary", "known_formulations", "open_core"]

#: What it is called where it is published.
CORE_TITLE = "Core glossary of Chinese political language"


@dataclass(frozen=True, slots=True)
class Formulation:
    """A rendering of a known Chinese formulation.

    Attributes:
        valid_from, valid_to: the dates between which it was the form in force, if known.
    """

    text: str
    status: AdministrativeStatus
    authority: Authority
    valid_from: str | None = None
    valid_to: str | None = None


def open_core(notify: Callable[[str], None] | None = None) -> Termbase:
    """Open the core glossary as a termbase that is only to be read.

    It is compiled once for each version of its text, of tifa and of the schema, into the user's
    cache folder (``$XDG_CACHE_HOME/tifa`` or what the system has in its place), where later calls
    find it. If that folder cannot be written, it is compiled for this process only.

    Args:
        notify: called with one line before it is compiled, which takes seconds.
    """
    # Size and time tell one text from the next; to read all of it takes longer than to look up.
    text = _text().stat()
    name = f"core-{__version__}-{SCHEMA_VERSION}-{text.st_size}-{text.st_mtime_ns}.sqlite"
    cached = _cache_folder() / name
    if cached.exists():
        try:
            return Termbase.open(cached, readonly=True)
        except TifaError:
            # Cut short by a full disk, or spoilt by another hand: it is made anew.
            pass
    if notify:
        notify("preparing the core glossary, once for this version of tifa")
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        _compile(cached)
        return Termbase.open(cached, readonly=True)
    except (OSError, TifaError):
        import atexit
        import shutil
        import tempfile

        folder = Path(tempfile.mkdtemp(prefix="tifa-core-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _compile(folder / name)
        return Termbase.open(folder / name, readonly=True)


def core_glossary() -> Glossary:
    """Return the concepts and sources of the core glossary."""
    from glossary.termbase.text_format import parse_text

    text = _text()
    glossary = parse_text(text.read_text(encoding="utf-8"), text)
    return Glossary(glossary.concepts, glossary.sources, CORE_TITLE)


@functools.cache
def known_formulations() -> Mapping[str, tuple[Formulation, ...]]:
    """Return the renderings of each formulation, simplified Chinese to English, best first.

    Machines' and deprecated renderings are among them, with their status.
    """
    return {
        concept.head: tuple(
            Formulation(
                term.text,
                term.status or AdministrativeStatus.ADMITTED,
                term.authority,
                term.valid_from,
                term.valid_to,
            )
            for term in concept.renderings()
        )
        for concept in core_glossary().concepts
    }


def _text() -> Path:
    # Not by importlib.resources: to load it takes longer than to look a term up.
    return Path(__file__).resolve().parents[1] / "data" / "core" / "core.tifa"


def _compile(path: Path) -> None:
    """Write the termbase to ``path``: made beside it and renamed, so that no half is ever seen."""
    # Imported here, as above: it is compiled once, and start-up counts.
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        glossary = core_glossary()
        with (
            Termbase.create(temporary, overwrite=True) as termbase,
            termbase.transaction("compile the core glossary", at=""),
        ):
            termbase.add_sources(glossary.sources)
            termbase.add_concepts(glossary.concepts)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _cache_folder() -> Path:
    """Return the folder for tifa's caches, which may not exist."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named) / "tifa"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "tifa" / "cache"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/tifa").expanduser()
    return Path("~/.cache/tifa").expanduser()
