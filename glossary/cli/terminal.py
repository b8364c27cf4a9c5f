"""What the terminal shows while a verb works."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

__all__ = ["stage_progress"]


@contextmanager
def stage_progress(stages: int = 4) -> Iterator[Callable[[str], None] | None]:
    """Yield a function that shows each stage on a progress bar on stderr.

    Yields None where stderr is not a terminal, so that logs and pipes hold no bar.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with typer.progressbar(length=stages, file=sys.stderr, width=24) as bar:
        begun = False

        def show(stage: str) -> None:
            nonlocal begun
            bar.label = f"{stage:8}"
            bar.update(1 if begun else 0)
            bar.render_progress()
            begun = True

        yield show
        bar.update(1)
