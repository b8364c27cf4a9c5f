"""HTML: the text of the page's article.

The article is the smallest element that holds most of the page's text outside links, menus and the
like, with the title above it. Ready-made extractors (trafilatura 2.3 was tried) find articles well,
but drop headings and captions and move date lines, while alignment needs all of them in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from glossary.errors import BadInputError
from glossary.model import SegmentRole
from glossary.texts.clean import clean, tidy
from glossary.texts.encodings import decode
from glossary.texts.readers.base import Paragraph

__all__ = ["read_html"]

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}

_IGNORED = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "iframe",
    "object",
    "svg",
    "math",
    "canvas",
    "form",
    "button",
    "select",
    "input",
    "textarea",
    "nav",
    "aside",
    "footer",
    "menu",
    "rp",
    "rt",
}
_BLOCKS = {
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
_ROLES = {
    **{f"h{level}": SegmentRole.HEADING for level in range(1, 7)},
    "figcaption": SegmentRole.CAPTION,
    "caption": SegmentRole.CAPTION,
}
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|footer|foot|sidebar|breadcrumbs?|share|social|comments?|related|"
    r"recommend|copyright|advert|ads?|toolbar|pagination|pager)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
#: Share of the page's running text that the article must hold.
_ARTICLE_SHARE = 0.7
#: How much longer than the article what it shares with its title may be, as a share and in
#: characters: date lines, subtitles and summaries stand between them.
_WITH_TITLE = (1.3, 300)
_TABLE_PARTS = {"tbody", "tr"}


def read_html(data: bytes, path: Path, encoding: str | None) -> list[Paragraph]:
    """Return the paragraphs of an HTML page's article.

    Args:
        data: the file.
        path: its name, for messages.
        encoding: the codec the user named; else the byte order mark, what the page declares or
            what the bytes look like, in this order.

    Raises:
        BadInputError: the page is empty, or not in that encoding.
    """
    # Cleaned per paragraph, as entities stand for invisible characters too.
    text = _decode(data, path, encoding)
    root = _parse(text)
    if root is None:
        raise BadInputError("is an empty page", place=path)
    return [paragraph for element in _article(root) for paragraph in _paragraphs(element)]


def _decode(data: bytes, path: Path, encoding: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    if encoding is None and declared:
        name = declared[1].decode("ascii").lower()
        try:
            return decode(data, place=path, encoding=_SUPERSETS.get(name, name))
        except BadInputError:
            # Pages say all sorts of things; what they are decides.
            return decode(data, place=path)
    return decode(data, place=path, encoding=encoding)


def _parse(text: str) -> html.HtmlElement | None:
    # A string with an encoding declaration is refused by lxml, and the declaration is past use.
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text, parser=parser)
    except etree.ParserError:
        return None


def _article(root: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the elements that hold the article: its text, and its title if that stands apart."""
    densest = _densest(root)
    if next(densest.iter("h1"), None) is not None:
        return [densest]
    for title in root.iter("h1"):
        if any(_is_ignored(element) for element in (title, *title.iterancestors())):
            continue
        above = set(title.iterancestors())
        common = next((element for element in densest.iterancestors() if element in above), None)
        # What title and text share may be the whole page, with all that is on it.
        share, characters = _WITH_TITLE
        if common is not None and _length(common) <= share * _length(densest) + characters:
            return [common]
        return [title, densest]
    return [densest]


def _length(element: html.HtmlElement) -> int:
    return sum(len(paragraph.text) for paragraph in _paragraphs(element))


def _densest(root: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest element with most of the page's text outside links and furniture."""
    body = root.find("body")
    top = root if body is None else body
    weights: dict[html.HtmlElement, int] = {}
    for element in top.iter():
        if element.tag == "a" or _is_ignored(element):
            continue
        weight = len((element.text or "").strip())
        weight += sum(len((child.tail or "").strip()) for child in element)
        if not weight or any(_is_ignored(above) for above in element.iterancestors()):
            continue
        for above in (element, *element.iterancestors()):
            weights[above] = weights.get(above, 0) + weight
            if above is top:
                break
    best, needed = top, _ARTICLE_SHARE * weights.get(top, 0)
    while needed:
        heavy = [child for child in best if weights.get(child, 0) >= needed and len(child)]
        if not heavy or heavy[0].tag in _TABLE_PARTS:
            break
        best = heavy[0]
    return best


def _is_ignored(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _IGNORED:
        return True
    if element.tag in {"body", "html", "main", "article"}:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    hidden = "display:none" in (element.get("style") or "").replace(" ", "")
    return hidden or _FURNITURE.search(names) is not None


def _paragraphs(element: html.HtmlElement) -> Iterator[Paragraph]:
    """Yield the paragraphs of an element: its text cut wherever a block begins or ends."""
    pieces: list[str] = []
    role: SegmentRole | None = None
    for piece, piece_role in _pieces(element, None):
        if piece is None:
            text = tidy(clean("".join(pieces)))
            if text:
                yield Paragraph(text, role)
            pieces, role = [], None
        else:
            pieces.append(piece)
            role = piece_role
    text = tidy(clean("".join(pieces)))
    if text:
        yield Paragraph(text, role)


def _pieces(
    element: html.HtmlElement, role: SegmentRole | None
) -> Iterator[tuple[str | None, SegmentRole | None]]:
    """Yield pieces of text with their role, and None at the edges of blocks."""
    # An explicit stack: real pages nest deeper than Python recurses.
    stack: list[tuple[html.HtmlElement, SegmentRole | None, bool]] = [(element, role, False)]
    while stack:
        node, outer, done = stack.pop()
        block = node.tag in _BLOCKS
        if done:
            if block:
                yield None, None
            if node is not element and node.tail:
                yield node.tail, outer
            continue
        if node is not element and _is_ignored(node):
            if node.tail:
                yield node.tail, outer
            continue
        inner = _ROLES.get(str(node.tag), outer)
        if block:
            yield None, None
        if node.text:
            yield node.text, inner
        stack.append((node, outer, True))
        stack.extend((child, inner, False) for child in reversed(node))
