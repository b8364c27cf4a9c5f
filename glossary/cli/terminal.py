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
    with typer.progressbar(
        length=stages, file=sys.stderr, item_show_func=lambda stage: stage or ""
    ) as bar:
        begun = 0

        def show(stage: str) -> None:
            nonlocal begun
            bar.update(1 if begun else 0, stage)
            begun += 1
            bar.render_progress()

        yield show
        bar.update(1)
