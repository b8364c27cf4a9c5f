"""What every page of the site has: its names, its head, its navigation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossary.model import Concept, Term
from glossary.publish.entries import OTHER, Entry, mark
from glossary.publish.interface import page_language
from glossary.publish.markup import Markup, element, page

__all__ = [
    "Site",
    "entry_file",
    "link",
    "listing",
    "reading",
    "rendering",
    "section_file",
    "site_page",
]

#: The pages that every page leads to, with the key of their names.
_PAGES = (("index", "search"), ("table", "table"), ("sources", "sources"))
_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know of each other.

    Attributes:
        sections: the letters that have entries, in order.
        language: of its own words, one of ``INTERFACES``.
        words: its own words.
    """

    title: str
    entries: tuple[Entry, ...]
    sections: tuple[str, ...]
    language: str
    words: Mapping[str, str]


def entry_file(concept: Concept) -> str:
    """Return the file name of a concept's page: the same in every build.

    The id itself if it is safe in any file system and URL, else a hash of it.
    """
    if _SAFE.fullmatch(concept.id):
        return f"entry-{concept.id}.html"
    return f"entry-x{hashlib.sha256(concept.id.encode()).hexdigest()[:16]}.html"


def section_file(section: str) -> str:
    """Return the file name of the list of a letter."""
    return f"letter-{'other' if section == OTHER else section.lower()}.html"


def section_name(section: str) -> str:
    """Return a letter as readers see it."""
    return "0–9" if section == OTHER else section


def site_page(
    site: Site, *content: str | Iterable[str], title: str = "", scripts: Sequence[str] = ()
) -> Markup:
    """Return a page with the site's head and navigation.

    Args:
        site: of which it is a page.
        content: of ``main``.
        title: of the page; the site's own by default.
        scripts: file names of scripts, run in this order once the page is there.
    """
    style = element("link", attributes={"rel": "stylesheet", "href": "site.css"})
    loaded = [element("script", attributes={"src": name, "defer": ""}) for name in scripts]
    words = site.words
    links = [(f"{name}.html", words[key]) for name, key in _PAGES]
    navigation = element(
        "nav",
        element("a", site.title, attributes={"href": "index.html", "class": "name"}),
        [element("a", name, attributes={"href": file}) for file, name in links],
        attributes={"aria-label": words["site"]},
    )
    letters = element(
        "nav",
        [
            element("a", section_name(section), attributes={"href": section_file(section)})
            for section in site.sections
        ],
        attributes={"aria-label": words["letters"], "class": "letters"},
    )
    return page(
        element("a", words["skip"], attributes={"href": "#main", "class": "skip"}),
        element("header", navigation, letters),
        element("main", *content, attributes={"id": "main"}),
        title=f"{title} · {site.title}" if title else site.title,
        language=page_language(site.language),
        head=[style, *loaded],
    )


def link(concept: Concept, head: Term) -> Markup:
    """Return a link to a concept's page that shows its head."""
    return element("a", head.text, attributes={"href": entry_file(concept), "lang": head.language})


def reading(entry: Entry) -> Markup:
    """Return the pinyin of an entry, marked as such for those who have pages read to them."""
    attributes = {"class": "pinyin", "lang": "zh-Latn-pinyin"}
    return element("span", entry.pinyin, attributes=attributes) if entry.pinyin else Markup("")


def rendering(site: Site, term: Term) -> Markup:
    """Return a term as text dressed by its mark."""
    kind = mark(term).value
    attributes = {"class": f"t {kind}", "lang": term.language, "title": site.words[kind]}
    return element("span", term.text, attributes=attributes)


def listing(site: Site, entries: Iterable[Entry]) -> Markup:
    """Return entries as a list: head, pinyin, renderings."""
    items: list[str] = []
    for entry in entries:
        shown: list[str] = []
        for term in entry.renderings:
            shown += [" ", rendering(site, term)]
        items += [
            element(
                "li",
                link(entry.concept, entry.head),
                " ",
                reading(entry),
                shown,
            ),
            "\n",
        ]
    return element("ul", items, attributes={"class": "entries"})
