"""The prompt of ``tifa lookup``: a query a line, with suggestions as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from glossary.errors import MissingExtraError
from glossary.termbase import Termbase

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent, Completion
    from prompt_toolkit.document import Document

__all__ = ["ask"]

Asking = Callable[[Termbase, Callable[[str], object]], None]


def ask() -> Asking:
    """Return the function that asks for queries and answers them until the user leaves.

    It takes the termbase whose terms are suggested, and what answers a query.

    Raises:
        MissingExtraError: the prompt's package is not installed.
    """
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import Completer
        from prompt_toolkit.completion import Completion as Item
    except ImportError as error:
        raise MissingExtraError("asking for queries", "interactive") from error
    from glossary.lookup.completion import suggestions

    class _Terms(Completer):
        def __init__(self, base: Termbase) -> None:
            self._base = base

        def get_completions(
            self, document: Document, complete_event: CompleteEvent
        ) -> Iterator[Completion]:
            del complete_event
            typed = document.text_before_cursor
            for item in suggestions(self._base, typed):
                yield Item(item.text, -len(typed), display_meta=item.counterpart)

    def run(base: Termbase, answer: Callable[[str], object]) -> None:
        session: PromptSession[str] = PromptSession(
            "tifa> ",
            completer=_Terms(base),
            complete_while_typing=True,
            bottom_toolbar="Chinese, English, pinyin or initials; Tab completes, Ctrl-D leaves",
        )
        while True:
            try:
                words = session.prompt().strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if words:
                answer(words)

    return run
