"""Complete terms in a shell."""

from __future__ import annotations

from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import typer

__all__ = ["complete_term"]

_MOST = 30


class _Completion(str):
    """A completion that shells may put in the place of what was typed, whatever that is.

    The command-line library drops completions that do not begin with what was typed; a term does
    not begin with the initials of its reading.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


def complete_term(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the terms that a query may become, with what they are in the other language.

    A shell completes the last word only, so the words before it are taken off the terms.
    """
    from glossary.cli.termbases import open_for_reading
    from glossary.errors import TifaError
    from glossary.language.variants import fold
    from glossary.lookup.completion import suggestions

    before = "".join(f"{word} " for word in ctx.params.get("query") or ())
    given = ctx.params.get("termbase")
    # A shell shows on the line that is typed whatever is said here.
    silent = redirect_stderr(StringIO())
    try:
        with silent, open_for_reading(Path(given) if given else None) as base:
            found = suggestions(base, before + incomplete, limit=_MOST)
    except TifaError:
        return []
    return [
        (_Completion(item.text[len(before) :]), item.counterpart)
        for item in found
        if fold(item.text).startswith(fold(before))
    ]
