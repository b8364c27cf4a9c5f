"""A glossary as a PO file, the terminology of the gettext world (Weblate, Lokalize, Virtaal).

The source term is the msgid, a valid rendering the msgstr; a further rendering of a source has a
msgctxt, since PO allows a msgid without one only once (GNU gettext manual, "The Format of PO
Files").
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import exchange_tag, guess_language, internal_tag
from tmx.mt_pairs import concepts_of_pairs
from tmx.renderings import comment_on, valid_renderings
from tmx.textfile import open_text, write_encoded
from tmx.xmltext import clean

__all__ = ["CODEC", "Message", "dump", "iter_load", "load", "messages"]

CODEC = CodecInfo(
    name="po",
    title="PO terminology (gettext)",
    extensions=(".po",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset({Feature.FURTHER_RENDERINGS}),
)

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    '"': '"',
    "\\": "\\",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s*(".*")\s*')


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the valid renderings of a glossary, best first within a concept.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``; PO writes them with
            an underscore.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    origins = {source.id: source for source in glossary.sources}
    written: dict[tuple[str, str], None] = {}
    used: set[str] = set()
    tags: dict[int, str] = {}
    pieces: list[str] = []
    for rendering in valid_renderings(glossary.concepts, log):
        assert rendering.target is not None
        concept = rendering.concept
        source, target = clean(rendering.source.text), clean(rendering.target.text)
        if not source.strip() or not target.strip():
            log.add("empty terms, left out", concept.id)
            continue
        if (source, target) in written:
            log.add("renderings that come again for their source", target)
            continue
        context = f"{concept.id}/{len(written)}" if source in used else ""
        used.add(source)
        written[source, target] = None
        for at, term in ((0, rendering.source), (1, rendering.target)):
            if tags.setdefault(at, term.language) != term.language:
                log.add("languages beyond the first of a side, not told apart", term.text)
        comment = comment_on(rendering, rendering.target, origins)
        pieces.append(
            _comment("#", comment)
            + _comment("#.", concept.definition)
            + (f"msgctxt {_quoted(context)}\n" if context else "")
            + f"msgid {_quoted(source)}\nmsgstr {_quoted(target)}\n"
        )
    note_features(log, glossary, CODEC.carries)
    codes = [
        exchange_tag(tags.get(at, tag), languages).replace("-", "_")
        for at, tag in ((0, "zh-Hans"), (1, "en"))
    ]
    write_encoded(path, ("\n".join([_header(*codes), *pieces]),))
    return log.report(len(pieces))


def _header(source: str, target: str) -> str:
    fields = (
        "Project-Id-Version: glossary\n",
        f"Language: {target}\n",
        "MIME-Version: 1.0\n",
        "Content-Type: text/plain; charset=UTF-8\n",
        "Content-Transfer-Encoding: 8bit\n",
        f"X-Source-Language: {source}\n",
        "X-Generator: tifa\n",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(field)}\n" for field in fields)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _comment(mark: str, text: str) -> str:
    return "".join(f"{mark} {line}\n" for line in clean(text).splitlines() if line.strip())


@dataclass(slots=True)
class Message:
    """An entry of a PO file.

    Attributes:
        line: the line of its msgid.
        texts: the text of each keyword, as ``msgid`` and ``msgstr``.
        notes: the translator's comments.
        flags: such as ``fuzzy``.
    """

    line: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def target_begun(self) -> bool:
        """Return whether the entry has its msgstr already: what follows is the next one's."""
        return any(keyword.startswith("msgstr") for keyword in self.texts)

    @property
    def source(self) -> str:
        """The msgid."""
        return self.texts.get("msgid", "")

    @property
    def target(self) -> str:
        """The msgstr, of several the first."""
        return self.texts.get("msgstr", "") or self.texts.get("msgstr[0]", "")


def messages(path: Path) -> Iterator[Message]:
    """Yield the entries of a PO file, its header among them; obsolete ones are passed over.

    Raises:
        BadInputError: the file is missing, not UTF-8, or a line is none of PO.
    """
    message, keyword = Message(), ""
    with open_text(path) as stream:
        for number, raw in enumerate(stream, 1):
            line = raw.strip()
            match = _KEYWORD.fullmatch(line)
            begins = line.startswith("#") or (match and match[1] in {"msgctxt", "msgid"})
            if begins and message.target_begun():
                yield message
                message, keyword = Message(), ""
            if match:
                keyword = match[1]
                if keyword in message.texts:
                    raise _fault(path, number, f"{keyword} stands twice in its entry")
                message.texts[keyword] = _unquoted(path, number, match[2])
                message.line = number if keyword == "msgid" else message.line
            elif line.startswith('"') and line.endswith('"') and len(line) > 1 and keyword:
                message.texts[keyword] += _unquoted(path, number, line)
            elif line.startswith("#,"):
                message.flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith("# "):
                message.notes.append(line[2:])
            elif line and not line.startswith("#"):
                raise _fault(path, number, f"is none of PO: {line[:40]!r}")
    if message.target_begun():
        yield message
    elif message.texts:
        raise _fault(path, message.line or 1, "the entry has no msgstr")


def _unquoted(path: Path, line: int, text: str) -> str:
    inner = text[1:-1]
    if re.search(r'(?<!\\)(?:\\\\)*"', inner):
        raise _fault(path, line, "a quotation mark inside the text has no backslash before it")
    return _ESCAPE.sub(lambda match: _PLAIN.get(match[1], match[0]), inner)


def _fault(path: Path, line: int, what: str) -> BadInputError:
    return BadInputError(what, place=path, line=line, cure="msgfmt -c names such faults")


def load(path: Path) -> Glossary:
    """Read a PO file of terms; entries with the same msgid are one concept.

    Raises:
        BadInputError: the file is missing, not UTF-8 or not PO.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a PO file of terms concept by concept; fuzzy and untranslated entries are passed over.

    Raises:
        BadInputError: as :func:`load`.
    """
    pairs: list[tuple[Term, Term]] = []
    codes = ("", "")
    for message in messages(path):
        if not message.source:
            codes = _codes(message.target)
        elif message.target and "fuzzy" not in message.flags:
            source, target = (
                Term(text, code or guess_language(text))
                for text, code in zip((message.source, message.target), codes, strict=True)
            )
            pairs.append((source, dataclasses.replace(target, note="\n".join(message.notes))))
    yield from concepts_of_pairs(pairs)


def _codes(header: str) -> tuple[str, str]:
    """Return the source and target language of a header; empty where it does not say."""
    fields = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in header.splitlines())
    }
    source, target = fields.get("x-source-language", ""), fields.get("language", "")
    return internal_tag(source) if source else "", internal_tag(target) if target else ""
