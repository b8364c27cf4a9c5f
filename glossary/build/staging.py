"""An output folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from glossary.errors import OutputError

__all__ = ["check_output", "staged_output"]


def check_output(out: Path, *, force: bool) -> None:
    """Refuse an output folder that exists, or that could not be made, before any work is done.

    Raises:
        OutputError: ``out`` exists and ``force`` is not set, is not a folder, or its nearest
            existing parent cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise OutputError("is a file, not a folder", place=out, cure="name another folder with -o")
    if out.exists() and not force:
        raise OutputError(
            "exists already",
            place=out,
            cure="name another folder with -o, or overwrite with --force",
        )
    parent = out if out.exists() else _nearest_parent(out)
    if not (parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)):
        raise OutputError(
            "cannot be written", place=out, cure=f"{parent} is not a folder you may write to"
        )


@contextmanager
def staged_output(out: Path, *, force: bool) -> Iterator[Path]:
    """Yield a temporary folder beside ``out``; on success it becomes ``out``.

    If ``out`` exists (``force``) each new file replaces the old one of its name by a rename and all
    other files stay. On any error ``out`` is left as it was.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    check_output(out, force=force)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", place=out) from error
    try:
        yield folder
        umask = os.umask(0)
        os.umask(umask)
        folder.chmod(0o777 & ~umask)
        if out.exists():
            for file in sorted(folder.iterdir()):
                file.replace(out / file.name)
        else:
            folder.rename(out)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", place=out) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nearest_parent(path: Path) -> Path:
    for parent in path.absolute().parents:
        if parent.exists():
            return parent
    return Path(path.anchor or ".")
