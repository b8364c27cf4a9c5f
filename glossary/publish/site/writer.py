"""Write the pages of the site."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from glossary.errors import OutputError, UsageError
from glossary.model import Glossary, Source
from glossary.publish.entries import Entry, entries, mark
from glossary.publish.interface import INTERFACES, interface, subject
from glossary.publish.markup import Markup, element
from glossary.publish.site.entry import Links, entry_page, source_anchor
from glossary.publish.site.frame import (
    Site,
    entry_file,
    link,
    listing,
    reading,
    section_file,
    section_name,
    site_page,
)
from glossary.publish.site.searchdata import search_data

__all__ = ["write_site"]

#: Columns of the table by the keys of their names, and those that readers choose a value of.
_COLUMNS = ("term", "pinyin", "first_rendering", "status", "authority", "subject", "attested")
_CHOICES = ("status", "authority", "subject")
_ASSETS = ("site.css", "site.js", "minisearch.js")


def write_site(
    glossary: Glossary, folder: Path, *, title: str = "", language: str = "en", force: bool = False
) -> int:
    """Write a glossary as a folder of pages that open from a disk or from any host.

    The folder appears whole or not at all. The same glossary gives the same bytes.

    Args:
        glossary: its concepts become the entries; concepts without a term are left out.
        folder: to make; with ``force`` a site that tifa wrote there before is replaced.
        title: of the site; the glossary's own by default.
        language: of the site's own words: ``en``, ``zh`` or ``bilingual``.
        force: replace a site.

    Returns:
        The number of files.

    Raises:
        UsageError: there is no such interface language.
        OutputError: the folder exists (or is no site of tifa's, with ``force``), or cannot be
            written.
    """
    if language not in INTERFACES:
        raise UsageError(
            f"unknown interface language {language!r}", cure=f"choose {', '.join(INTERFACES)}"
        )
    if folder.exists() and not (force and (folder / "minisearch.js").is_file()):
        cure = "tifa replaces only its own sites" if force else "overwrite it with --force"
        raise OutputError("exists already", place=folder, cure=f"name another folder; {cure}")
    try:
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            count = 0
            for name, text in _files(glossary, title, language):
                (stage / name).write_text(text, encoding="utf-8", newline="\n")
                count += 1
            umask = os.umask(0)
            os.umask(umask)
            stage.chmod(0o777 & ~umask)
            if folder.exists():
                old = stage.with_name(stage.name + ".old")
                folder.rename(old)
                stage.rename(folder)
                shutil.rmtree(old, ignore_errors=True)
            else:
                stage.rename(folder)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", place=folder) from error
    return count


def _files(glossary: Glossary, title: str, language: str) -> Iterator[tuple[str, str]]:
    listed = entries(glossary.concepts)
    words = interface(language)
    site = Site(
        title or glossary.title or words["default_title"],
        listed,
        tuple(dict.fromkeys(entry.section for entry in listed)),
        language,
        words,
    )
    sources = {source.id: source for source in glossary.sources}
    yield "index.html", _index(site)
    yield "table.html", _table(site)
    yield "sources.html", _sources(site, sources)
    for section in site.sections:
        chosen = [entry for entry in listed if entry.section == section]
        name = section_name(section)
        yield (
            section_file(section),
            site_page(site, element("h1", name), listing(site, chosen), title=name),
        )
    for entry, links in zip(listed, _links(listed), strict=True):
        yield entry_file(entry.concept), entry_page(site, entry, links, sources)
    yield "search-data.js", search_data(listed)
    for name in _ASSETS:
        yield name, resources.files("glossary.publish.site").joinpath(name).read_text("utf-8")


def _index(site: Site) -> Markup:
    words = site.words
    search = element(
        "form",
        element("label", words["search"], attributes={"for": "query"}),
        element(
            "input",
            attributes={
                "id": "query",
                "type": "search",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": words["search_hint"],
                "aria-describedby": "found",
            },
        ),
        element("p", attributes={"id": "found", "role": "status"}),
        element("ol", attributes={"id": "results"}),
        attributes={
            "id": "search",
            "role": "search",
            "hidden": "",
            "data-found": words["found"],
            "data-best": words["found_best"],
        },
    )
    counts = Counter(entry.section for entry in site.entries)
    letters = [
        element(
            "li",
            element("a", section_name(section), attributes={"href": section_file(section)}),
            f" {counts[section]}",
        )
        for section in site.sections
    ]
    return site_page(
        site,
        element("h1", site.title),
        search,
        element("p", f"{len(site.entries)} {words['by_letter']}"),
        element("ul", letters, attributes={"class": "overview"}),
        scripts=("minisearch.js", "search-data.js", "site.js"),
    )


def _table(site: Site) -> Markup:
    """Return all entries as a table; a script sorts and filters it where scripts run."""
    words = site.words
    header = [element("th", words[head], attributes={"scope": "col"}) for head in _COLUMNS]
    rows: list[str] = []
    table_rows: list[list[str | Markup]] = []
    for place, entry in enumerate(site.entries):
        first = entry.renderings[0] if entry.renderings else None
        count = sum(term.count for term in entry.renderings)
        cells: list[str | Markup] = [
            link(entry.concept, entry.head),
            reading(entry),
            element("span", first.text, attributes={"lang": first.language}) if first else "",
            words[mark(first).value] if first else "",
            words[f"by-{first.authority.label}"] if first else "",
            subject(entry.concept.subject_field, site.language),
            str(count),
        ]
        table_rows.append(cells)
        rows += [
            element(
                "tr", [element("td", cell) for cell in cells], attributes={"data-n": str(place)}
            ),
            "\n",
        ]
    choices = [_choice(words, column, table_rows) for column in _CHOICES]
    return site_page(
        site,
        element("h1", words["table"]),
        element(
            "form",
            element("label", words["filter"], attributes={"for": "filter"}),
            element("input", attributes={"id": "filter", "type": "search"}),
            element("p", choices, attributes={"class": "choices"}),
            element("p", attributes={"id": "shown", "role": "status"}),
            attributes={"id": "filters", "hidden": "", "data-shown": words["shown"]},
        ),
        element(
            "table",
            element("thead", element("tr", header)),
            element("tbody", rows),
            attributes={"id": "table"},
        ),
        title=words["table"],
        scripts=("site.js",),
    )


def _choice(
    words: Mapping[str, str], column: str, rows: Sequence[Sequence[str | Markup]]
) -> Markup:
    """Return a choice among the values of a column; a script filters by it."""
    place = _COLUMNS.index(column)
    values = sorted({str(row[place]) for row in rows} - {""})
    options = [element("option", value) for value in values]
    every = element("option", words["any"], attributes={"value": ""})
    chosen = element("select", every, *options, attributes={"data-column": str(place)})
    return element("label", words[column], " ", chosen)


def _sources(site: Site, sources: Mapping[str, Source]) -> Markup:
    cited = Counter(
        attestation.source_id
        for entry in site.entries
        for term in entry.concept.terms
        for attestation in term.attestations
    )
    items = []
    for source in sources.values():
        authority = site.words[f"by-{source.authority.label}"]
        facts = (source.publisher, source.date or "", authority, source.licence)
        items.append(
            element(
                "li",
                element("strong", source.title or source.id, attributes={"lang": source.language}),
                " ",
                ", ".join(fact for fact in facts if fact),
                f"; {cited[source.id]} {site.words['attestations']}. ",
                _address(source.url),
                attributes={"id": source_anchor(source.id, sources)},
            )
        )
    return site_page(
        site,
        element("h1", site.words["sources"]),
        element("ul", items, attributes={"class": "sources"}),
        title=site.words["sources"],
    )


def _address(url: str) -> Markup | str:
    """Return a link only to what a browser may follow: a source's URL comes from anyone."""
    if url.startswith(("https://", "http://")):
        return element("a", url, attributes={"href": url, "rel": "noreferrer"})
    return url


def _links(listed: Sequence[Entry]) -> Iterator[Links]:
    by_id = {entry.concept.id: entry for entry in listed}
    by_head: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in listed:
        by_head[entry.head.text].append(entry)
    within: dict[str, tuple[Entry, ...]] = {}
    around: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in listed:
        parts = _parts(entry, by_head)
        within[entry.concept.id] = parts
        for part in parts:
            around[part.concept.id].append(entry)
    for place, entry in enumerate(listed):
        yield Links(
            see=tuple(by_id[i] for i in entry.concept.cross_references if i in by_id),
            within=within[entry.concept.id],
            around=tuple(around[entry.concept.id]),
            previous=listed[place - 1] if place else None,
            following=listed[place + 1] if place + 1 < len(listed) else None,
        )


def _parts(entry: Entry, by_head: Mapping[str, Sequence[Entry]]) -> tuple[Entry, ...]:
    """Return the entries whose Chinese head of two or more characters stands inside this head."""
    head = entry.head.text
    if not entry.pinyin:
        return ()
    found: dict[str, Entry] = {}
    for start in range(len(head)):
        for end in range(start + 2, len(head) + 1):
            if end - start < len(head):
                for other in by_head.get(head[start:end], ()):
                    found[other.concept.id] = other
    return tuple(found.values())
