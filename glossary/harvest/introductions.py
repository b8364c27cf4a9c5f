"""Where a Chinese text introduces a term in brackets behind another: 新型农村合作医疗（新农合）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.language.script import HAN, to_simplified

__all__ = ["SAYING", "introduced_short_forms", "introducing_bracket"]

#: What may stand before the term inside the brackets, in simplified characters, as a pattern.
SAYING = "(?:以下)?(?:统称|简称|下称|即|又称|英文简称)?(?:为|:|：)?"
_OPENING = re.compile(f'[（(]{SAYING}[“"]?$')
_CLOSING = re.compile('[”"]?[）)]')
_SHORT_FORM = re.compile(f'[（(]{SAYING}[“"]?([{HAN}]{{2,8}})[”"]?[）)]')
# A full form has at most so many characters.
_LONGEST_FULL = 30


def introducing_bracket(text: str, start: int, end: int) -> int | None:
    """Return where the bracket opens in which a text introduces the stretch ``[start, end)``.

    None unless the stretch is all that the brackets hold, but for what says that it is a name
    (“以下简称”).
    """
    opening = _OPENING.search(to_simplified(text[:start]))
    return opening.start() if opening and _CLOSING.match(text, end) else None


def introduced_short_forms(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches in brackets of a simplified text that look like short for what precedes.

    Their characters stand before the bracket in their order.
    """
    for match in _SHORT_FORM.finditer(text):
        before = iter(text[max(0, match.start() - _LONGEST_FULL) : match.start()])
        if all(character in before for character in match[1]):
            yield match.span(1)
