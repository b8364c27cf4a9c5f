"""Where English sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["english_boundaries"]

# Never the last word of a sentence: something they belong to follows.
_TITLES = frozenset(
    """
    mr mrs ms messrs dr prof gen sen rep gov st lt col maj capt cpl sgt cmdr adm rev hon pres amb
    e.g i.e viz vs cf ca mt ft
    """.split()
)
# Abbreviations only before a number, a numeral or a letter: "No. 5", "Art. IV", "Sec. B".
_NUMBERED = frozenset(
    """
    no nos art arts sec secs ch chap chaps fig figs tab vol vols pp p para paras cl eq eqs ex exs
    ed eds app bk pt pts pl ser n nn op approx
    """.split()
)
# These may or may not end a sentence; what follows decides.
_OPEN = frozenset(
    """
    etc inc ltd co corp bros jr sr al dept univ assn est a.m p.m u.s u.k u.n d.c e.u
    u.s.a u.s.s.r p.r.c r.o.c ph.d m.a b.a b.c a.d b.c.e c.e m.d ll.b s.a v
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    """.split()
)
# Words that begin sentences and are not names: behind an open abbreviation or a bare initial they
# make the point a full stop.
_STARTERS = frozenset(
    """
    a about according after all also although among an and another are as at because before both
    but by can china's could did do does during each either even every few finally first for from
    further furthermore had has have he hence her here his how however i if in indeed instead is it
    its just last later let many may meanwhile more moreover most much my neither never nevertheless
    next no nor not now of on once one only or other our over perhaps second several she should
    since so some soon still such that the their then there therefore these they third this those
    though three through thus to today two under unless until was we were what when where whether
    which while who whose why will with without would yes yet you your
    """.split()
)
_SPEECH = r"(?:said|says|asked|replied|answered|cried|shouted|added|continued|whispered|exclaimed)"
_REPORTING = re.compile(rf"(?:[A-Z][\w’'-]*\s+){{1,3}}{_SPEECH}\b")

_STOP = re.compile(
    # Machine translations of web pages lose the space: "…the exhibition.Xinhua reporter".
    r"(?<=[a-z]{2})(?P<lost>[.!?][”\")]?)(?=[A-Z][a-z]+[\s,])"
    r"|(?P<chinese>[。！？]+[”’」』）]*)"
    # Spaced ellipses are one mark. Atomic groups: a mark is never taken apart to find an end.
    r"|(?P<stop>(?>\.(?: ?\.){2,}|[.!?…]+))(?P<closers>(?>[\"'”’)\]】」』]*))(?P<space>\s*)"
    # Speech that is cut off, before the next speaker's.
    r"|(?P<cut>[—–-][\"'”’])\s+(?=[\"'“‘])"
)
_WORD_BEFORE = re.compile(r"[\w.’'&-]{1,24}$")
_NEXT = re.compile(r"[\"'“‘(\[「『《（]*(?P<word>[^\s,.;:!?\"”)]+)?")
_NUMERAL = re.compile(r"[\dIVXLC]+[a-z]?(?:[-–][\dIVXLC]+[a-z]?)?|[A-Z]|[ivxlc]+")
# "1.", "II.", "a." and "Article 5.", "Figure 1.2." at the beginning of a sentence.
_ENUMERATOR = re.compile(
    r"[\"“(\[]*(?:(?:Article|Chapter|Section|Part|Figure|Table|Fig\.|Box|Note|Step)\s)?"
    r"(?:\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])(?:\.\d+)*\."
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_WEB_TOKEN = re.compile(r"\S*(?:www\.|://|@|/)\S*$", re.IGNORECASE)


def english_boundaries(text: str) -> Iterator[int]:
    """Yield the offsets in ``text`` at which a sentence ends and another may begin.

    A full stop ends a sentence unless it belongs to an abbreviation, an initial, an enumerator or
    a number; marks that close behind it belong to it. What follows must not begin in lower case,
    nor be the reporting clause of the quotation that ended (``"Where?" Li Ming asked.``).

    Args:
        text: one paragraph.
    """
    start = 0
    for match in _STOP.finditer(text):
        end, following = match.end(), match.end()
        if match["lost"]:
            if _WEB_TOKEN.search(text, max(start, end - 80), end):
                continue
        elif match["cut"]:
            end = match.end("cut")
        elif match["stop"]:
            end = match.end("closers")
            if end == following or not _is_end(text, start, match, following):
                continue
        yield end
        start = following


def _is_end(text: str, start: int, match: re.Match[str], following: int) -> bool:
    stop, closers = match["stop"], match["closers"]
    ahead = _NEXT.match(text, following)
    word = (ahead and ahead["word"]) or ""
    if word[:1].islower():
        return False
    if (len(stop) > 1 and stop.startswith(".")) or "…" in stop:
        # An ellipsis is a pause unless a quotation ends with it or a sentence plainly begins.
        return bool(closers) or (word.lower() in _STARTERS and word not in {"A", "I"})
    if stop[-1] in "!?":
        quoted = any(mark in "\"'”’" for mark in closers)
        return not (quoted and _REPORTING.match(text, following))
    if _ENUMERATOR.fullmatch(text, start, match.end("stop")):
        return False
    if closers:
        return True
    # A capital with a point is the next initial of a name, not the article.
    initial = len(word) == 1 and ahead is not None and text.startswith(".", ahead.end())
    starter = word.lower() in _STARTERS and not initial
    return _full_stop(text, start, match.start("stop"), word, starter=starter)


def _full_stop(text: str, start: int, point: int, word: str, *, starter: bool) -> bool:
    """Whether the bare point at ``point``, followed by ``word``, is a full stop."""
    before = _WORD_BEFORE.search(text, max(start, point - 24), point)
    if before is None:
        return True
    token = before.group().lstrip(".'’-")
    bare = token.lower()
    if bare in _TITLES:
        return False
    if bare in _NUMBERED:
        return not _NUMERAL.fullmatch(word)
    if bare in _OPEN:
        return starter or (word[:1].isdigit() and bare in {"etc", "a.m", "p.m"})
    if _INITIALS.fullmatch(token):
        return starter
    return True
