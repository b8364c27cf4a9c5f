"""Where Chinese sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.language.script import HAN

__all__ = ["chinese_boundaries"]

# Semicolons and colons end no sentence: of those in the hand-split novels and academic texts
# measured for docs/evaluation.md, fewer than one in thirty stands at a sentence's end.
_STOPS = "。！？｡!?．.…—"
_CLOSERS = "”’」』〞）)】〗〕］]》〉＂\"'"
_CURLY_CLOSERS = "”’」』〞"
_STRAIGHT = '"＂'

_STOP = re.compile(
    # A closing mark may stand apart from its stop by a space; a straight quote may not, since it
    # could as well open the next sentence.
    rf"(?P<stop>\.(?: ?\.)+|[{re.escape(_STOPS)}]+)"
    rf"(?P<closers>(?:[{re.escape(_CLOSERS)}]|[ \u3000](?=[{_CURLY_CLOSERS}]))*)"
    r"(?P<space>\s*)"
    rf"|(?P<quote>[{_STRAIGHT}])"
)
_FULL_STOP = re.compile("[。！？｡]")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
# After a closed quotation or bracket the sentence goes on with these.
_GOES_ON = re.compile(r"[，、；：,;:。！？）)】」』”’》〉—～·…的地得等之与和及或]")

# A bracket that closes here was opened in the midst of a sentence, whose own stop is yet to come
# (GB/T 15834 puts the stop of a sentence behind the brackets inside it). Only a few words are such
# an aside: of longer ones the gold of the academic texts has some at a sentence's end.
_LONGEST_ASIDE = 12
_BRACKETS = "）)】〗〕］]"
_ASIDE = re.compile(
    r"[^\s。！？｡!?…：:”’」』）)】〗〕］]\s*[（(【〖〔［\[][^（(【〖〔［\[）)】〗〕］\]]+$"
)


def chinese_boundaries(text: str) -> Iterator[int]:
    """Yield the offsets in ``text`` at which a sentence ends and another may begin.

    Ends are 。！？ with the quotation marks and brackets that close behind them, their ASCII forms
    after Chinese, and an ellipsis that closes a quotation. Nothing ends inside 《》, and nothing
    where the sentence plainly goes on behind the quotation (``“……！”的号召``) or behind
    a short bracket that was opened inside it.

    Args:
        text: one paragraph.
    """
    length = len(text.rstrip())
    quoted = False
    titles = _Depth(text, "《〈", "》〉")
    for match in _STOP.finditer(text):
        if match["quote"]:
            quoted = not quoted
            continue
        end = match.start("closers")
        for mark in match["closers"]:
            if mark in _STRAIGHT:
                if not quoted:
                    # This one opens the next sentence.
                    break
                quoted = False
            end += 1
        closers = text[match.start("closers") : end]
        # The regular expression has passed by what opens; it counts all the same.
        quoted ^= sum(map(match["closers"][len(closers) :].count, _STRAIGHT)) % 2 == 1
        if end >= length or titles.inside(match.start()):
            continue
        following = text[match.end() if end == match.end("closers") else end]
        if _is_end(text, match, closers, following):
            yield end


def _is_end(text: str, match: re.Match[str], closers: str, following: str) -> bool:
    stop = match["stop"]
    if closers and _GOES_ON.match(following):
        return False
    if closers[:1] and closers[0] in _BRACKETS:
        before_bracket = text[max(0, match.end("stop") - _LONGEST_ASIDE) : match.end("stop")]
        if _ASIDE.search(before_bracket):
            return False
    if _FULL_STOP.search(stop):
        return not any(mark in closers for mark in "》〉")
    before = text[match.start() - 1] if match.start() else ""
    after_chinese = bool(before) and (
        _HAN_CHARACTER.match(before) is not None or before in "”’」』）"
    )
    if "!" in stop or "?" in stop:
        return after_chinese or bool(match["space"])
    if "…" in stop or "—" in stop or len(stop) > 1:
        # Speech that trails off ends with its quotation mark; elsewhere this is a pause.
        return any(mark in _CURLY_CLOSERS for mark in closers)
    # A single full-width or ASCII point: a full stop only between Chinese and a space or quote.
    return after_chinese and (stop == "．" or bool(match["space"]) or bool(closers))


class _Depth:
    """Whether a place, asked for in ascending order, lies between opening and closing marks."""

    # A title is short; a mark that never closes must not swallow the rest of the text.
    _LONGEST = 80

    def __init__(self, text: str, opening: str, closing: str) -> None:
        self._marks = re.compile(f"[{opening}{closing}]").finditer(text)
        self._opening = opening
        self._depth = 0
        self._since = 0
        self._next = next(self._marks, None)

    def inside(self, place: int) -> bool:
        while self._next is not None and self._next.start() < place:
            if self._next.group() in self._opening:
                if not self._depth:
                    self._since = self._next.start()
                self._depth += 1
            else:
                self._depth = max(0, self._depth - 1)
            self._next = next(self._marks, None)
        return self._depth > 0 and place - self._since <= self._LONGEST
