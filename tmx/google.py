"""Google Cloud Translation's equivalent term sets: CSV with a column for each language.

The first row holds the language codes; each further row one term in all languages, and a source
term stands in one row only (Cloud Translation, "Creating and using glossaries"). For the
unidirectional kind there is TMX (:mod:`tmx.tmx_glossary`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term, concept_id, is_chinese
from tmx.carried import note_features
from tmx.delimited import delimited_line, read_rows
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import internal_tag, is_wellformed
from tmx.renderings import single_line
from tmx.textfile import write_encoded
from tmx.validity import with_valid_terms

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="google",
    title="Google Translation equivalent term sets (CSV)",
    extensions=(".google.csv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset({Feature.SCRIPT}),
)
_CODES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
#: Columns besides those of languages; Google keeps them for later and ignores them.
_EXTRA = frozenset({"pos", "description"})


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the preferred term of each language, a row a concept.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: codes that replace those of Google.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    codes = {**_CODES, **(languages or {})}
    rows: list[dict[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for original in glossary.concepts:
        concept = with_valid_terms(original, log)
        if concept is None:
            continue
        row: dict[str, str] = {}
        for term in concept.terms:
            text = single_line(term.text, log, concept.id)
            if text and row.setdefault(term.language, text) != text:
                log.add("terms beyond the preferred one of a language", term.text)
        keys = [(language, text) for language, text in row.items() if is_chinese(language)]
        if len(row) < 2:
            log.add("concepts in one language only, left out", concept.id)
        elif seen.intersection(keys or list(row.items())[:1]):
            log.add("further entries of a source term, left out", concept.id)
        else:
            seen.update(keys or list(row.items())[:1])
            rows.append(row)
    note_features(log, glossary, CODEC.carries)
    found = dict.fromkeys(language for row in rows for language in row)
    columns = sorted(found, key=lambda tag: not is_chinese(tag)) or ["zh-Hans", "en"]
    lines = [delimited_line((codes.get(tag, tag) for tag in columns), ",")]
    lines += [delimited_line((row.get(tag, "") for tag in columns), ",") for row in rows]
    write_encoded(path, lines)
    return log.report(len(rows))


def load(path: Path) -> Glossary:
    """Read equivalent term sets: a concept for each row.

    Raises:
        BadInputError: the file is missing, or its first row holds no language codes.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read equivalent term sets concept by concept.

    Raises:
        BadInputError: as :func:`load`.
    """
    codes: list[str] = []
    taken: dict[str, int] = {}
    for line, row in read_rows(path, ","):
        cells = [cell.strip() for cell in row]
        if not codes:
            codes = cells
            named = [code for code in codes if code.lower() not in _EXTRA]
            if len(named) < 2 or not all(map(is_wellformed, named)):
                raise BadInputError(
                    "the first line does not name language codes",
                    place=path,
                    line=line,
                    cure="write it as in zh-CN,en",
                )
            continue
        terms = [
            Term(text, internal_tag(code))
            for code, text in zip(codes, cells, strict=False)
            if text and code.lower() not in _EXTRA
        ]
        if terms:
            terms.sort(key=lambda term: not is_chinese(term.language))
            name = concept_id(terms[0].text)
            taken[name] = taken.get(name, 0) + 1
            yield Concept(name if taken[name] == 1 else f"{name}-{taken[name]}", tuple(terms))
