"""A glossary as SKOS in JSON-LD: a concept scheme for the web of data.

SKOS allows one preferred label a language, and no label to be of two kinds (SKOS Reference, S13 and
S14): the best term that may be used is the preferred label, other terms that may be used are
alternative labels, and what may not be used is a hidden label, which is there to be found and not
to be shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from glossary.errors import BadInputError
from glossary.model import AdministrativeStatus, Concept, Glossary, Term, concept_id, is_chinese
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import internal_tag
from tmx.tbx_entry import unique_id
from tmx.textfile import open_text, write_encoded
from tmx.validity import is_valid

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="skos",
    title="SKOS (JSON-LD)",
    extensions=(".jsonld", ".skos.json"),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.SOURCE_SYNONYMS,
            Feature.FURTHER_RENDERINGS,
            Feature.SCRIPT,
            Feature.TITLE,
            Feature.CONCEPT_ID,
            Feature.DEFINITION,
            Feature.CONCEPT_NOTE,
            Feature.CROSS_REFERENCES,
        }
    ),
)

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_CONTEXT = {
    "skos": _SKOS,
    "dct": "http://purl.org/dc/terms/",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "hiddenLabel": {"@id": "skos:hiddenLabel", "@container": "@language"},
    "definition": "skos:definition",
    "note": "skos:note",
    "related": {"@id": "skos:related", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "title": "dct:title",
    "Concept": "skos:Concept",
    "ConceptScheme": "skos:ConceptScheme",
}
_SCHEME = "urn:tifa:glossary"
_PREFIX = "urn:tifa:concept:"
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_MAX_SIZE = 256 << 20


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write a glossary as a concept scheme.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    scheme: dict[str, Any] = {"@id": _SCHEME, "@type": "ConceptScheme"}
    if glossary.title:
        scheme["title"] = _encodable(glossary.title, log)
    concepts = []
    for concept in glossary.concepts:
        if concept.terms:
            concepts.append(_concept(concept, log))
        else:
            log.add("concepts without any term, left out", concept.id)
    document = {"@context": _CONTEXT, "@graph": [scheme, *concepts]}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_encoded(path, (text, "\n"))
    note_features(log, glossary, CODEC.carries)
    return log.report(len(concepts))


def _concept(concept: Concept, log: LossLog) -> dict[str, Any]:
    labels: dict[str, dict[str, list[str]]] = {name: {} for name in _LABELS}
    seen: set[tuple[str, str]] = set()
    for term in concept.terms:
        text = _encodable(term.text, log)
        if (term.language, text) in seen:
            log.add("terms that come again in their concept", term.text)
            continue
        seen.add((term.language, text))
        if not is_valid(term):
            kind = "hiddenLabel"
            log.add("deprecated, superseded and machine-only terms, not told apart", term.text)
        elif term.language in labels["prefLabel"]:
            kind = "altLabel"
        else:
            kind = "prefLabel"
        labels[kind].setdefault(term.language, []).append(text)
    node: dict[str, Any] = {
        "@id": _PREFIX + quote(concept.id, safe="", errors="replace"),
        "@type": "Concept",
        "inScheme": _SCHEME,
        "prefLabel": {language: texts[0] for language, texts in labels["prefLabel"].items()},
        **{name: labels[name] for name in _LABELS[1:] if labels[name]},
    }
    for name, text in (("definition", concept.definition), ("note", concept.note)):
        if text:
            node[name] = _encodable(text, log)
    if concept.cross_references:
        node["related"] = [_PREFIX + quote(c, safe="") for c in concept.cross_references]
    return node


def _encodable(text: str, log: LossLog) -> str:
    """Return text without lone surrogates, which UTF-8 does not have."""
    kept = text.encode("utf-8", "ignore").decode("utf-8")
    log.add("lone surrogates, removed", kept, kept != text)
    return kept


def load(path: Path) -> Glossary:
    """Read the concepts of a SKOS file in JSON-LD.

    Compact and expanded keys, language maps and value objects are understood; contexts are not
    fetched, so that keys must be those of SKOS, with or without its prefix or namespace.

    Raises:
        BadInputError: the file is missing or holds no SKOS concepts in JSON-LD.
    """
    document = _document(path)
    concepts: list[Concept] = []
    taken: set[str] = set()
    title = ""
    for node in _nodes(document):
        values = {_local(key): value for key, value in node.items()}
        kinds = {_local(kind) for kind in _texts(node.get("@type"))}
        if "ConceptScheme" in kinds:
            title = title or next(iter(_texts(values.get("title"))), "")
        elif "Concept" in kinds:
            concept = _read(values, str(node.get("@id", "")), taken)
            if concept is not None:
                concepts.append(concept)
    return Glossary(tuple(concepts), (), title)


def iter_load(path: Path) -> Iterator[Concept]:
    """Read the concepts of a SKOS file one after the other.

    Raises:
        BadInputError: as :func:`load`.
    """
    return iter(load(path).concepts)


def _document(path: Path) -> Any:  # noqa: ANN401 - JSON
    with open_text(path) as stream:
        text = stream.read(_MAX_SIZE)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"is not JSON: {error.msg}", place=path, line=error.lineno, cure="export it again"
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadInputError(
            "is not JSON that can be read", place=path, cure="export it again"
        ) from error
    if not any(True for _ in _nodes(document)):
        raise BadInputError("holds no JSON-LD", place=path, cure="is it the right file?")
    return document


def _nodes(document: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(document, dict) and isinstance(document.get("@graph"), list):
        document = document["@graph"]
    for node in document if isinstance(document, list) else [document]:
        if isinstance(node, dict) and "@type" in node:
            yield node


def _local(name: str) -> str:
    """Return a term of SKOS without its prefix or namespace."""
    return name.rpartition("#")[2].rpartition(":")[2].rpartition("/")[2]


def _read(values: dict[str, Any], iri: str, taken: set[str]) -> Concept | None:
    terms: list[Term] = []
    for kind in _LABELS:
        for language, text in _labels(values.get(kind)):
            if text.strip():
                status = AdministrativeStatus.DEPRECATED if kind == "hiddenLabel" else None
                terms.append(Term(text, internal_tag(language), status=status))
    if not terms:
        return None
    # Chinese first, Hans before Hant; the labels of a language keep their order.
    terms.sort(key=lambda term: (not is_chinese(term.language), term.language))
    related = [_name(target) for target in _texts(values.get("related"), "@id")]
    return Concept(
        unique_id(_name(iri) or concept_id(terms[0].text), taken),
        tuple(terms),
        definition="\n".join(_texts(values.get("definition"))),
        note="\n".join(_texts(values.get("note"))),
        cross_references=tuple(dict.fromkeys(related)),
    )


def _name(iri: str) -> str:
    """Return the id in an IRI of tifa's; any other IRI is an id itself."""
    return unquote(iri.removeprefix(_PREFIX)) if iri.startswith(_PREFIX) else iri


def _labels(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict) and "@value" not in value:
        for language, texts in value.items():
            for text in _texts(texts):
                yield language, text
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("@value"), str):
            yield str(item.get("@language", "")), item["@value"]
        elif isinstance(item, str):
            yield "", item


def _texts(value: Any, key: str = "@value") -> list[str]:  # noqa: ANN401 - JSON
    """Return the texts of a value, a list of values or value objects."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        text = item.get(key, item.get("@id")) if isinstance(item, dict) else item
        if isinstance(text, str):
            found.append(text)
    return found
