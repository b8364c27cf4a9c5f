"""Single keys and short answers from a terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["END", "answer", "is_terminal", "read_key", "tidy_ending"]

#: What ``read_key`` returns when there will be no more keys.
END = "\x04"
_ESCAPE = b"\x1b"
#: From which first byte on a character of UTF-8 has one, two, three bytes more.
_LEADS = (0xC0, 0xE0, 0xF0)
#: How long the rest of a key's sequence may take.
_SEQUENCE_SECONDS = 0.1


def is_terminal() -> bool:
    """Return whether somebody sits at a terminal who can see and answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def tidy_ending() -> Iterator[None]:
    """Let a program that is told to end do so in order, so that the terminal is left as it was."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, leave) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


if sys.platform == "win32":
    import msvcrt

    def read_key() -> str:
        """Return the next key as a character; keys without one are empty."""
        key = msvcrt.getwch()
        if key in ("\x00", "\xe0"):
            msvcrt.getwch()
            return ""
        if key == "\x03":
            raise KeyboardInterrupt
        return END if key == "\x1a" else key

else:
    import select
    import termios
    import tty

    def read_key() -> str:
        """Return the next key as a character; keys without one, as arrows, are empty.

        ``END`` is Ctrl-D, or a terminal that is gone. Keys that were struck ahead are kept.
        """
        file = sys.stdin.fileno()
        before = termios.tcgetattr(file)
        try:
            tty.setcbreak(file, termios.TCSADRAIN)
            # One byte at a time: what follows may be meant for the next question.
            first = _byte(file)
            if not first:
                return END
            if first == _ESCAPE:
                _pass_sequence(file)
                return ""
            more = sum(first[0] >= lead for lead in _LEADS)
            return b"".join([first, *(_byte(file) for _ in range(more))]).decode(errors="ignore")
        finally:
            with contextlib.suppress(termios.error):  # The terminal may be gone.
                termios.tcsetattr(file, termios.TCSADRAIN, before)

    def _pass_sequence(file: int) -> None:
        """Pass over what follows an escape: the rest of an arrow or another key (ECMA-48, 5.4)."""
        if not select.select([file], [], [], _SEQUENCE_SECONDS)[0]:
            return  # The key Escape itself.
        kind = _byte(file)
        if kind == b"O":
            _byte(file)
        elif kind == b"[":
            while (byte := _byte(file)) and not b"@" <= byte <= b"~":
                pass

    def _byte(file: int) -> bytes:
        try:
            return os.read(file, 1)
        except OSError:
            return b""


def answer(question: str, text: str = "") -> str | None:
    """Return the line that the user makes of ``text``, or None if they think better of it.

    Where lines cannot be edited, ``text`` is shown, and an empty answer stands for it.
    """
    try:
        import readline
    except ImportError:
        shown = f"{question} [{text}] " if text else f"{question} "
        return _line(shown, text)
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return _line(f"{question} ", "")
    finally:
        readline.set_startup_hook(None)


def _line(shown: str, otherwise: str) -> str | None:
    try:
        return " ".join(input(shown).split()) or otherwise
    except (EOFError, KeyboardInterrupt):
        sys.stdout.write("\n")
        return None
