"""Entry point of ``tifa``: finds the verb, runs it, turns errors into one line and an exit code."""

from __future__ import annotations

import errno
import gc
import importlib
import keyword
import os
import sys
from collections.abc import Callable, Iterable, Sequence

import typer

from glossary import __version__
from glossary.errors import OutputError, TifaError

__all__ = ["VERBS", "application", "main"]

#: What a full disk, a used-up quota and a limit on the size of files say.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

#: Every verb, in the order of a project's life. Each is a function of that name in a module of
#: that name in this package (``import_`` for a verb that is a word of Python's own).
VERBS = (
    "init",
    "build",
    "align",
    "harvest",
    "review",
    "lookup",
    "concord",
    "history",
    "stats",
    "import",
    "export",
    "merge",
    "diff",
    "check",
    "annotate",
    "match",
    "pretranslate",
    "publish",
    "convert",
    "validate",
)

EXIT_INTERRUPTED = 130


def _verb(name: str) -> Callable[..., None]:
    name = f"{name}_" if keyword.iskeyword(name) else name
    function: Callable[..., None] = getattr(importlib.import_module(f"glossary.cli.{name}"), name)
    return function


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tifa {__version__}")
        raise typer.Exit


def application(verbs: Iterable[str]) -> typer.Typer:
    """Return the command-line application with these verbs."""
    app = typer.Typer(
        name="tifa",
        help="Glossary and translation memory for Chinese political language.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @app.callback()
    def _options(
        version: bool = typer.Option(
            False,
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and exit.",
        ),
    ) -> None:
        del version  # handled by its callback

    for name in verbs:
        app.command(name)(_verb(name))
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``tifa`` and return its exit code.

    0 ok; 1 findings, or nothing found; 2 usage; 3 bad input; 130 interrupted.

    Args:
        arguments: the command line without the program's name; ``sys.argv`` by default.
    """
    # On small machines BLAS threads spin more than they compute: one thread was three times
    # faster than two on two cores for the encoder's small matrices. Users may set their own.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # Only the verb that is called is imported: start-up time counts in a shell.
    words = _words_to_complete() or arguments
    called = words[0] if words and words[0] in VERBS else None
    app = application(VERBS if called is None else (called,))
    try:
        app(args=arguments, prog_name="tifa")
    except TifaError as error:
        typer.echo(f"tifa: {error}", err=True)
        return error.exit_code
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _abandon_stdout()
        typer.echo(f"tifa: the output cannot be written: {error.strerror} (make room)", err=True)
        return OutputError.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _abandon_stdout() -> None:
    """Let go of what could not be written, which Python would try once more at its end."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def _words_to_complete() -> list[str]:
    """Return the words behind ``tifa`` that a shell wants completed, if it asks for that."""
    if "_TIFA_COMPLETE" not in os.environ:
        return []
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    return line.split()[1:]


def run() -> None:
    """Console script: exit with ``main``'s code."""
    code = main()
    # What is alive goes with the process: to search it for cycles takes as long as to look up.
    gc.freeze()
    sys.exit(code)
