"""What the terminal shows while a verb works."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import typer

__all__ = ["counted_progress", "stage_progress"]


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


@contextmanager
def counted_progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield a function that shows (stage, how much of it is done, how much there is) on stderr.

    A stage whose size is known has a bar and an estimate of the time left. Yields None where stderr
    is not a terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as stages:
        bars: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if total and stage not in bars:
                stages.close()
                bar = typer.progressbar(length=total, label=stage, file=sys.stderr, width=24)
                bars[stage] = stages.enter_context(bar)
            if stage in bars:
                bars[stage].update(done - bars[stage].pos)
            else:
                stages.close()
                typer.echo(f"\r{stage} {done or ''}", file=sys.stderr, nl=False)
                stages.callback(typer.echo, file=sys.stderr)

        yield show
