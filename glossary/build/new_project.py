"""Start a project: a commented project file, or a copy of the bundled sample."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from glossary.errors import BadInputError, OutputError
from glossary.files import write_text
from glossary.texts import parse_request
from glossary.texts.project import PROJECT_FILE, render_project

__all__ = ["new_project", "sample_project"]


def new_project(folder: Path, texts: Sequence[str], *, force: bool = False) -> list[Path]:
    """Write ``tifa.toml`` to ``folder`` and return its path in a list.

    Args:
        folder: made if it is not there.
        texts: the texts as on the command line; none gives a file with an example.
        force: overwrite the file if it exists.

    Raises:
        OutputError: the file exists and ``force`` is not set, or it cannot be written.
        BadInputError: a text does not exist.
    """
    requests = [parse_request(text) for text in texts]
    for request in requests:
        if not request.path.is_file():
            raise BadInputError("no such file", place=request.path)
    return _write(folder, {PROJECT_FILE: render_project(requests, folder=folder)}, force=force)


def sample_project(folder: Path, *, force: bool = False) -> list[Path]:
    """Write the bundled sample project to ``folder`` and return the paths of its files.

    Raises:
        OutputError: a file exists and ``force`` is not set, or cannot be written.
    """
    sample = resources.files("glossary").joinpath("data", "sample")
    files = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(sample.iterdir(), key=lambda entry: entry.name)
        if entry.is_file()
    }
    return _write(folder, files, force=force)


def _write(folder: Path, files: dict[str, str], *, force: bool) -> list[Path]:
    paths = [folder / name for name in files]
    for path in paths:
        if path.exists() and not force:
            raise OutputError("exists already", place=path, cure="overwrite with --force")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be made: {error.strerror}", place=folder) from error
    for path, text in zip(paths, files.values(), strict=True):
        write_text(path, text)
    return paths
