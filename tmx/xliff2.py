"""The glossary module of XLIFF 2: one unit a concept, with its terms as glossary entries.

Each unit has the source term and its preferred rendering as a segment, since a unit must have one;
a tool that knows the module reads the glossary, any other shows the pair (XLIFF 2.1, 5.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term, concept_id
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import exchange_tag, internal_tag
from tmx.tbx_entry import unique_id
from tmx.textfile import write_encoded
from tmx.validity import with_valid_terms
from tmx.xmltext import attribute, clean, decode_id, encode_id, escape_text, has_illegal
from tmx.xmltree import Node, iter_nodes

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="xliff2",
    title="XLIFF 2 glossary module",
    extensions=(".xlf", ".xliff"),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.SOURCE_SYNONYMS,
            Feature.FURTHER_RENDERINGS,
            Feature.CONCEPT_ID,
            Feature.DEFINITION,
        }
    ),
)
_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_MODULE = "urn:oasis:names:tc:xliff:glossary:2.0"


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the valid terms of a glossary, a unit a concept.

    Args:
        glossary: what to write. XLIFF does not allow a file without units: an empty glossary gives
            one that is not valid.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    taken: set[str] = set()
    tags: dict[int, str] = {}
    units: list[str] = []
    for original in glossary.concepts:
        concept = with_valid_terms(original, log)
        if concept is None:
            continue
        sources, targets = _sides(concept, log)
        if not sources or not (targets or concept.definition):
            log.add("concepts without a rendering or a definition, left out", concept.id)
            continue
        for at, terms in ((0, sources), (1, targets)):
            for term in terms:
                if tags.setdefault(at, term.language) != term.language:
                    log.add("languages beyond the first of a side, not told apart", term.text)
        identifier = unique_id(encode_id(concept.id or concept_id(concept.head)), taken)
        units.append(_unit(concept, identifier, sources, targets, log))
    note_features(log, glossary, CODEC.carries)
    source, target = (
        exchange_tag(tags.get(at, tag), languages) for at, tag in ((0, "zh-Hans"), (1, "en"))
    )
    codes = attribute("srcLang", source) + attribute("trgLang", target)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="{_CORE}" xmlns:gls="{_MODULE}" version="2.0"{codes}>\n'
        '<file id="glossary">\n'
    )
    write_encoded(path, (head, *units, "</file>\n</xliff>\n"))
    return log.report(len(units))


def _sides(concept: Concept, log: LossLog) -> tuple[list[Term], list[Term]]:
    sources = list(concept.chinese() or concept.terms[:1])
    targets = list(concept.renderings() if concept.chinese() else concept.terms[1:])
    kept = tuple([term for term in side if clean(term.text).strip()] for side in (sources, targets))
    empty = len(sources) + len(targets) - len(kept[0]) - len(kept[1])
    log.add("empty terms, left out", concept.id, empty)
    return kept[0], kept[1]


def _unit(
    concept: Concept, identifier: str, sources: list[Term], targets: list[Term], log: LossLog
) -> str:
    def text(value: str) -> str:
        if has_illegal(value):
            log.add("texts with characters that XML forbids, removed", concept.id)
        return escape_text(clean(value))

    entries = ""
    for number, source in enumerate(sources):
        # All entries of a unit are one concept: the first has its renderings and its definition.
        inner = f"<gls:term>{text(source.text)}</gls:term>\n"
        if number == 0:
            inner += "".join(
                f"<gls:translation>{text(term.text)}</gls:translation>\n" for term in targets
            )
            if concept.definition:
                inner += f"<gls:definition>{text(concept.definition)}</gls:definition>\n"
        elif targets:
            inner += f"<gls:translation>{text(targets[0].text)}</gls:translation>\n"
        else:
            inner += f"<gls:definition>{text(concept.definition)}</gls:definition>\n"
        entries += f"<gls:glossEntry>\n{inner}</gls:glossEntry>\n"
    pair = f"<source>{text(sources[0].text)}</source>\n"
    if targets:
        pair += f"<target>{text(targets[0].text)}</target>\n"
    return (
        f"<unit{attribute('id', identifier)}>\n<gls:glossary>\n{entries}</gls:glossary>\n"
        f"<segment>\n{pair}</segment>\n</unit>\n"
    )


def load(path: Path) -> Glossary:
    """Read the glossaries in an XLIFF 2 file.

    Raises:
        BadInputError: the file is missing, not well formed or not XLIFF.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read the glossaries in an XLIFF 2 file, a concept for each unit that has one.

    Raises:
        BadInputError: as :func:`load`.
    """
    nodes = iter_nodes(path, frozenset({"xliff"}), frozenset({"unit"}))
    root = next(nodes, None)
    if root is None:
        raise BadInputError("holds no XML element", place=path, cure="is it the right file?")
    if not root.attributes.get("version", "").startswith("2"):
        raise BadInputError(
            "is not XLIFF 2", place=path, line=root.line, cure="only version 2 has a glossary"
        )
    source = internal_tag(root.attributes.get("srcLang", "zh"))
    target = internal_tag(root.attributes.get("trgLang", "en"))
    taken: set[str] = set()
    for node in nodes:
        yield from _concepts(node, source, target, taken)


def _concepts(unit: Node, source: str, target: str, taken: set[str]) -> Iterator[Concept]:
    sources: dict[str, Term] = {}
    targets: list[Term] = []
    definition = ""
    for glossary in unit.children():
        if glossary.name != "glossary":
            continue
        for number, entry in enumerate(glossary.children()):
            texts = [(child.name, child.text()) for child in entry.children()]
            for name, text in texts:
                if name == "term" and text.strip():
                    sources.setdefault(text, Term(text, source))
                elif name == "definition":
                    definition = definition or text
            found = [text for name, text in texts if name == "translation" and text.strip()]
            if number == 0:
                targets += [Term(text, target) for text in found]
            else:
                known = {term.text for term in targets}
                targets += [Term(text, target) for text in found if text not in known]
    if sources:
        name = decode_id(unit.attributes.get("id", "")) or concept_id(next(iter(sources)))
        yield Concept(unique_id(name, taken), (*sources.values(), *targets), definition=definition)
