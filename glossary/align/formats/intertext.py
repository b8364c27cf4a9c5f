"""InterText's XML: two texts whose sentences have ids, and a file of links between them.

The form is that which InterText Server exports (czcorpus/InterText_server): a ``linkGrp`` names the
texts in ``fromDoc`` and ``toDoc``, and each ``link`` has in ``xtargets`` first the sentences of
``toDoc``, then those of ``fromDoc``, so that ``1:2 1:3;1:2`` joins two sentences of the second text
to one of the first. ``status`` is ``man`` for links that a person has set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.errors import BadInputError, UsageError
from glossary.files import write_text
from glossary.model import Bitext, Document, Source
from glossary.texts.clean import clean
from glossary.texts.readers.xml import parse_xml

__all__ = ["load_intertext", "write_intertext"]

_MANUAL, _AUTOMATIC = "man", "auto"
#: A sentence with its place in its text.
_Sentence = tuple[int, str]
#: What holds a sentence in the texts, as InterText has it by default.
_SENTENCE = "s"


def write_intertext(bitext: Bitext, path: Path) -> list[Path]:
    """Write two texts and the links between them; return the three files, the links first.

    The texts are written beside ``path``: ``essay.xml`` gets ``essay.ID.xml`` of either text.

    Raises:
        OutputError: a file cannot be written.
        UsageError: the bitext has more than two texts.
    """
    from tmx.xmltext import attribute

    if len(bitext.documents) != 2:
        raise UsageError(
            f"InterText joins two texts, not {len(bitext.documents)}", cure="write an .xlsx or .tsv"
        )
    paths = [
        path.with_name(f"{path.stem}.{_file_name(document.source.id)}.xml")
        for document in bitext.documents
    ]
    ids = []
    for document, file in zip(bitext.documents, paths, strict=True):
        names, text = _text(document)
        ids.append(names)
        write_text(file, text)
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>\n",
        f"<linkGrp{attribute('toDoc', paths[1].name)}{attribute('fromDoc', paths[0].name)}>\n",
    ]
    for bead in bitext.beads:
        first, second = (
            " ".join(names[index] for index in group)
            for names, group in zip(ids, bead.members, strict=True)
        )
        kind = "-".join(str(len(group)) for group in reversed(bead.members))
        status = _MANUAL if bead.edited else _AUTOMATIC
        lines.append(
            f"<link{attribute('type', kind)}{attribute('xtargets', f'{second};{first}')}"
            f"{attribute('status', status)}/>\n"
        )
    write_text(path, "".join([*lines, "</linkGrp>\n"]))
    return [path, *paths]


def _file_name(name: str) -> str:
    return "".join("-" if character in '/\\:*?"<>|' else character for character in name)


def _text(document: Document) -> tuple[list[str], str]:
    """Return the ids of a text's sentences, ``PARAGRAPH:SENTENCE`` from 1, and its XML."""
    from tmx.xmltext import attribute, escape_text

    ids: list[str] = []
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>\n",
        f"<text{attribute('id', document.source.id)}{attribute('xml:lang', document.language)}>\n",
    ]
    for number, paragraph in enumerate(document.paragraphs(), 1):
        names = [f"{number}:{at}" for at in range(1, len(paragraph) + 1)]
        ids += names
        sentences = "".join(
            f"<s{attribute('id', name)}>{escape_text(clean(segment.text))}</s>\n"
            for name, segment in zip(names, paragraph, strict=True)
        )
        lines.append(f"<p{attribute('id', str(number))}>\n{sentences}</p>\n")
    return ids, "".join([*lines, "</text>\n"])


def load_intertext(path: Path) -> SavedAlignment:
    """Read a file of links and the two texts that it names, which lie beside it.

    Sentences that no link holds become beads of their own, behind the others.

    Raises:
        BadInputError: a file is missing or not what it should be, or a link names a sentence that
            there is not, or that another link has.
    """
    root = _root(path)
    if etree.QName(root).localname != "linkGrp":
        raise BadInputError(
            "is not an alignment of InterText: its root element is not <linkGrp>", place=path
        )
    sources, texts = [], []
    for side in ("fromDoc", "toDoc"):
        name = root.get(side)
        if not name:
            raise BadInputError(f"does not name the text {side}", place=path, line=1)
        # Only the file's name counts: a link file from elsewhere reads nothing but its folder.
        source, sentences = _read_text(path.with_name(Path(name).name))
        sources.append(source)
        texts.append(sentences)
    left = [
        {name: (place, sentence) for place, (name, sentence) in enumerate(sentences.items())}
        for sentences in texts
    ]
    beads = []
    for link in root.iter("{*}link"):
        line = _line(link)
        targets = str(link.get("xtargets", "")).split(";")
        if len(targets) != 2:
            raise BadInputError("link without two groups in xtargets", place=path, line=line)
        found = [
            [_taken(sentences, name, path, line) for name in names.split()]
            for sentences, names in zip(left, reversed(targets), strict=True)
        ]
        if any(found):
            beads.append(_bead(found, edited=link.get("status") == _MANUAL))
    beads += (_bead([[sentence], []]) for sentence in left[0].values())
    beads += (_bead([[], [sentence]]) for sentence in left[1].values())
    return SavedAlignment(tuple(sources), tuple(beads))


def _bead(found: Sequence[Sequence[_Sentence]], *, edited: bool = False) -> SavedBead:
    return SavedBead(
        groups=tuple(tuple(sentence for _, sentence in group) for group in found),
        edited=edited,
        places=tuple(tuple(place for place, _ in group) for group in found),
    )


def _taken(sentences: dict[str, _Sentence], name: str, path: Path, line: int) -> _Sentence:
    try:
        return sentences.pop(name)
    except KeyError as error:
        raise BadInputError(
            f"names the sentence {name}, which is not in the text or in another link",
            place=path,
            line=line,
        ) from error


def _read_text(path: Path) -> tuple[Source, Mapping[str, str]]:
    """Return the source of a text and its sentences by id."""
    root = _root(path)
    sentences: dict[str, str] = {}
    for element in root.iter(f"{{*}}{_SENTENCE}"):
        name = element.get("id") or element.get("{http://www.w3.org/XML/1998/namespace}id")
        if not name or name in sentences:
            raise BadInputError(
                f"sentence {name or ''} without an id of its own",
                place=path,
                line=_line(element),
            )
        sentences[str(name)] = " ".join("".join(map(str, element.itertext())).split())
    if not sentences:
        raise BadInputError(
            "has no sentences: no element <s>", place=path, cure="let InterText split it first"
        )
    return Source(str(root.get("id") or path.stem)), sentences


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _root(path: Path) -> etree._Element:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"cannot be read: {error.strerror}", place=path) from error
    return parse_xml(data, path)
