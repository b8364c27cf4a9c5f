"""tifa: glossary and translation memory for Chinese political language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.api import OpenTermbase

__all__ = ["__version__", "open_termbase"]

__version__ = "0.1.0"


def open_termbase(path: str | Path | None = None, *, create: bool = False) -> OpenTermbase:
    """Open a termbase, by default the core glossary; see :func:`glossary.api.open_termbase`."""
    # Imported here: every command imports this package, and start-up counts.
    from glossary.api import open_termbase as open_it

    return open_it(path, create=create)
