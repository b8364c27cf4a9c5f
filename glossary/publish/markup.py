"""HTML built from values: every text and attribute is escaped, whoever wrote it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from importlib import resources

__all__ = ["SELF_CONTAINED", "Markup", "element", "page", "render", "resource"]

# Elements without an end tag (HTML Living Standard, 13.1.2).
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "col", "wbr"))

#: Content security policy of a page that loads nothing but what stands in it. It holds even if an
#: escape were missed.
SELF_CONTAINED = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
)


class Markup(str):
    """HTML that is safe to insert as it is; what is added to it is escaped unless it is, too."""

    __slots__ = ()

    def __add__(self, other: str) -> Markup:
        return Markup(str.__add__(self, render(other)))


def element(
    name: str, *content: str | Iterable[str], attributes: Mapping[str, str | None] | None = None
) -> Markup:
    """Return an element.

    Args:
        name: the element's tag.
        content: strings, escaped unless they are ``Markup``, or iterables of such.
        attributes: by name; those that are None are left out, an empty one stands bare.
    """
    parts = [f"<{name}"]
    for key, value in (attributes or {}).items():
        if value is not None:
            parts.append(f' {key}="{_clean(html.escape(value))}"' if value else f" {key}")
    parts.append(">")
    if name not in _VOID:
        parts += [render(content), f"</{name}>"]
    return Markup("".join(parts))


def render(content: str | Iterable[str | Iterable[str]]) -> Markup:
    """Return content as HTML: text escaped, ``Markup`` as it is, iterables one after another."""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(_clean(html.escape(content, quote=False)))
    return Markup("".join(render(part) for part in content))


def resource(name: str, package: str = "glossary.publish") -> Markup:
    """Return a style sheet or script of a package, to stand inside its element."""
    return Markup(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


def page(
    *body: str | Iterable[str],
    title: str,
    language: str,
    head: str | Iterable[str] = (),
    policy: str | None = None,
) -> Markup:
    """Return a whole page.

    Args:
        body: the content, as ``render`` takes it.
        title: shown by the browser's tab.
        language: BCP 47 tag of the page's own words.
        head: what else stands in the head: style sheets, scripts.
        policy: content security policy, if the page is to have one.
    """
    security = (
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": policy})
        if policy
        else ""
    )
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    whole = element(
        "html",
        element(
            "head",
            element("meta", attributes={"charset": "utf-8"}),
            security,
            element("meta", attributes=viewport),
            element("title", title),
            head,
        ),
        element("body", *body),
        attributes={"lang": language},
    )
    return Markup(f"<!doctype html>\n{whole}\n")


def _clean(text: str) -> str:
    """NUL is the one character that HTML cannot hold."""
    return text.replace("\0", "\ufffd")
