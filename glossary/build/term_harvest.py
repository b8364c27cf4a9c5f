"""Harvest texts or a corpus without building anything of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from glossary import __version__
from glossary.align import align
from glossary.build.pipeline import order_renditions
from glossary.build.prior import core_formulations
from glossary.errors import BadInputError, UsageError
from glossary.harvest import harvest
from glossary.harvest.corpus import bitext_of_pairs, merge_concepts
from glossary.model import Bitext, Concept, Source, is_chinese
from glossary.texts import TextRequest, parse_request, read_document
from tmx import tmx14

__all__ = ["harvest_corpus", "harvest_texts"]


def harvest_texts(arguments: Sequence[str], *, prior: bool = True) -> tuple[list[Concept], str]:
    """Return the concepts of texts, best first, and the signature.

    Args:
        arguments: the texts as the command line names them, ``PATH:key=value,…``.
        prior: take what the core glossary knows as evidence.

    Raises:
        TifaError: there are fewer than two texts, or one cannot be read.
    """
    if len(arguments) < 2:
        raise UsageError(
            "a harvest needs two texts or more", cure="tifa harvest SOURCE.zh.txt RENDITION.en.txt"
        )
    documents = order_renditions([read_document(parse_request(text)) for text in arguments])
    return _harvest([align(documents)], prior=prior)


def harvest_corpus(path: Path, *, prior: bool = True) -> tuple[list[Concept], str]:
    """Return the concepts of a corpus, best first, and the signature.

    Args:
        path: a folder with ``NAME.zh.txt`` and ``NAME.en.txt`` pairs, or a TMX file.
        prior: take what the core glossary knows as evidence.

    Raises:
        TifaError: it is neither, or one of its files cannot be read.
    """
    if path.is_dir():
        return _harvest(_folder(path), prior=prior)
    return _harvest([_memory(path)], prior=prior)


def _harvest(
    bitexts: Sequence[Bitext] | Iterator[Bitext], *, prior: bool
) -> tuple[list[Concept], str]:
    known = core_formulations() if prior else None
    harvests: list[tuple[Concept, ...]] = []
    sources: list[Source] = []
    methods: dict[str, None] = {}
    for bitext in bitexts:
        harvested = harvest(bitext, known=known)
        harvests.append(harvested.concepts)
        sources += [document.source for document in bitext.documents]
        methods[f"{bitext.method}|{harvested.signature}"] = None
    concepts = list(harvests[0]) if len(harvests) == 1 else merge_concepts(harvests, sources)
    return concepts, "|".join((f"tifa:{__version__}", *methods, f"sources:{len(sources)}"))


def _folder(folder: Path) -> Iterator[Bitext]:
    pairs = [
        (chinese, english)
        for chinese in sorted(folder.glob("*.zh.txt"))
        if (
            english := chinese.with_name(chinese.name.removesuffix(".zh.txt") + ".en.txt")
        ).is_file()
    ]
    if not pairs:
        raise BadInputError(
            "holds no pairs of texts", place=folder, cure="name them NAME.zh.txt and NAME.en.txt"
        )
    for pair in pairs:
        documents = [read_document(TextRequest(path, Source(path.stem))) for path in pair]
        yield align(order_renditions(documents))


def _memory(path: Path) -> Bitext:
    pairs = []
    for unit in tmx14.load(path).units:
        texts = {is_chinese(variant.language): variant for variant in unit.variants}
        if True in texts and False in texts:
            pairs.append((texts[True], texts[False]))
    if not pairs:
        raise BadInputError(
            "holds no Chinese segment with its English", place=path, cure="choose another memory"
        )
    chinese, english = (
        Source(f"{path.stem}.{suffix}", language=language)
        for suffix, language in (("zh", _script(pairs[0][0].language)), ("en", "en"))
    )
    return replace(
        bitext_of_pairs(chinese, english, [(zh.text, en.text) for zh, en in pairs]), method="tmx"
    )


def _script(tag: str) -> str:
    lowered = tag.lower()
    return "zh-Hant" if any(part in lowered for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
