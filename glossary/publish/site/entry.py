"""The page of a concept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossary.model import Attestation, Source, Term, is_chinese
from glossary.publish.entries import Entry, mark
from glossary.publish.interface import subject
from glossary.publish.markup import Markup, element, render
from glossary.publish.plots.timeline import timeline
from glossary.publish.site.frame import Site, link, reading, section_file, site_page

__all__ = ["Links", "entry_page", "source_anchor"]

#: Sentences shown for each term; the count says how many there are.
SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Links:
    """The entries that an entry leads to.

    Attributes:
        see: those its cross-references name.
        within: those whose head is part of this head.
        around: those whose head contains this head.
    """

    see: tuple[Entry, ...]
    within: tuple[Entry, ...]
    around: tuple[Entry, ...]
    previous: Entry | None
    following: Entry | None


def entry_page(site: Site, entry: Entry, links: Links, sources: Mapping[str, Source]) -> Markup:
    """Return the page of an entry: renderings, timeline, sentences, links."""
    concept = entry.concept
    words = site.words
    field = subject(concept.subject_field, site.language)
    facts = [part for part in (field, words[f"kind-{concept.kind}"]) if part]
    plot = timeline(entry.renderings, sources, name=words["timeline_says"])
    return site_page(
        site,
        element("h1", entry.head.text, attributes={"lang": entry.head.language}),
        element(
            "p",
            reading(entry),
            f" {' · '.join(facts)} ",
            attributes={"class": "facts"},
        ),
        element("p", concept.definition) if concept.definition else "",
        _terms(site, "also_written", "form", entry.variants),
        _terms(site, "renderings", "rendering", entry.renderings),
        element("p", concept.note, attributes={"class": "note"}) if concept.note else "",
        element("h2", words["timeline"]) + plot if plot else "",
        _sentences(site, entry, sources),
        _related(site, links),
        _neighbours(site, entry, links),
        title=entry.head.text,
    )


def source_anchor(source_id: str, sources: Mapping[str, Source]) -> str:
    """Return the anchor of a source on the page of sources: its place in their order."""
    return f"s{list(sources).index(source_id) + 1}"


def _terms(site: Site, title: str, first: str, terms: Sequence[Term]) -> Markup:
    """Return a table of terms; ``title`` and ``first`` are keys of its title and first column."""
    if not terms:
        return Markup("")
    words = site.words
    heads = (first, "status", "authority", "dates", "attested")
    rows = [
        element(
            "tr",
            element(
                "td",
                element(
                    "span",
                    term.text,
                    attributes={"class": f"t {mark(term).value}", "lang": term.language},
                ),
                element("small", f" {term.note}") if term.note else "",
            ),
            element("td", words[mark(term).value]),
            element("td", words[f"by-{term.authority.label}"]),
            element("td", _dates(site, term)),
            element("td", str(term.count), attributes={"class": "number"}),
        )
        for term in terms
    ]
    header = [element("th", words[head], attributes={"scope": "col"}) for head in heads]
    return Markup(
        element("h2", words[title])
        + element("table", element("thead", element("tr", header)), element("tbody", rows))
    )


def _dates(site: Site, term: Term) -> str:
    if term.valid_from and term.valid_to:
        return site.words["from_to"].format(term.valid_from, term.valid_to)
    if term.valid_from:
        return site.words["since"].format(term.valid_from)
    return site.words["until"].format(term.valid_to) if term.valid_to else ""


def _sentences(site: Site, entry: Entry, sources: Mapping[str, Source]) -> Markup:
    """Return the proofs of each rendering, with the Chinese sentence of the same bead above it."""
    chinese = {
        attestation.bead: attestation
        for term in (entry.head, *entry.variants)
        if is_chinese(term.language)
        for attestation in reversed(term.attestations)
        if attestation.bead
    }
    blocks: list[str] = []
    terms = entry.renderings or (entry.head,)
    for term in terms:
        if not term.attestations:
            continue
        blocks.append(element("h3", term.text, attributes={"lang": term.language}))
        for attestation in term.attestations[:SENTENCES]:
            pivot = chinese.get(attestation.bead)
            blocks.append(
                element(
                    "blockquote",
                    _quoted(site, pivot, sources) if pivot else "",
                    _quoted(site, attestation, sources),
                )
            )
        if term.count > SENTENCES:
            blocks.append(element("p", site.words["more"].format(term.count - SENTENCES)))
    quoted = any(not found.is_citation for term in terms for found in term.attestations)
    title = site.words["sentences" if quoted else "sources"]
    return render([element("h2", title), *blocks] if blocks else [])


def _quoted(site: Site, attestation: Attestation, sources: Mapping[str, Source]) -> Markup:
    start, end = attestation.span
    source = sources.get(attestation.source_id)
    cited: Markup | str = attestation.source_id
    if source:
        href = f"sources.html#{source_anchor(source.id, sources)}"
        name = ", ".join(part for part in (source.title or source.id, source.date or "") if part)
        cited = element("a", name, attributes={"href": href})
    if attestation.is_citation:
        return element("p", site.words["source"], " ", element("cite", cited))
    return element(
        "p",
        attestation.context[:start],
        element("mark", attestation.context[start:end]),
        attestation.context[end:],
        " ",
        element("cite", cited),
        attributes={"lang": source.language if source else None},
    )


def _related(site: Site, links: Links) -> Markup:
    groups = (
        ("see_also", links.see),
        ("part_of", links.around),
        ("contains", links.within),
    )
    shown = [_group(site.words[name], entries) for name, entries in groups if entries]
    return render([element("h2", site.words["related"]), *shown] if shown else [])


def _group(name: str, entries: Iterable[Entry]) -> Markup:
    parts: list[str] = []
    for entry in entries:
        parts += [link(entry.concept, entry.head), " "]
    return element("p", element("strong", name), " ", parts, attributes={"class": "related"})


def _neighbours(site: Site, entry: Entry, links: Links) -> Markup:
    parts: list[str] = []
    if links.previous:
        parts += ["← ", link(links.previous.concept, links.previous.head), " "]
    parts.append(
        element("a", site.words["whole_letter"], attributes={"href": section_file(entry.section)})
    )
    if links.following:
        parts += [" ", link(links.following.concept, links.following.head), " →"]
    return element(
        "nav", parts, attributes={"aria-label": site.words["neighbours"], "class": "neighbours"}
    )
