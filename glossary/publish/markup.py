"""HTML built from values: every text and attribute is escaped, whoever wrote it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from importlib import resources

__all__ = ["Markup", "element", "page", "raw", "render"]

# Elements without an end tag (HTML Living Standard, 13.1.2).
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "col", "wbr"))

# What the page may load: nothing but what stands in it. Holds even if an escape were missed.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


class Markup(str):
    """HTML that is safe to insert as it is."""

    __slots__ = ()


def element(
    name: str, *content: str | Iterable[str], attributes: dict[str, str | None] | None = None
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


def raw(name: str) -> Markup:
    """Return a style sheet or script of this package, to stand inside its element."""
    return Markup(resources.files("glossary.publish").joinpath(name).read_text(encoding="utf-8"))


def page(
    *body: str, title: str, language: str, style: Markup, script: Markup | None = None
) -> Markup:
    """Return a whole page that loads nothing from elsewhere.

    Args:
        body: the content, as ``render`` takes it.
        title: shown by the browser's tab.
        language: BCP 47 tag of the page's own words.
        style: from ``raw``.
        script: from ``raw``; runs after the body is there.
    """
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element(
            "meta",
            attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"},
        ),
        element("title", title),
        element("style", style),
    )
    scripts = element("script", script) if script else ""
    return Markup(
        "<!doctype html>\n"
        + element("html", head, element("body", *body, scripts), attributes={"lang": language})
        + "\n"
    )


def _clean(text: str) -> str:
    """NUL is the one character that HTML cannot hold."""
    return text.replace("\0", "\ufffd")
