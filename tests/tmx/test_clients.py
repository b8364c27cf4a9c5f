"""Real programs import what tifa writes and use it; and they notice when a file is broken."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from corpora import shared_dir

from glossary.model import (
    AdministrativeStatus,
    Concept,
    Glossary,
    Memory,
    Term,
    TranslationUnit,
    Variant,
)
from tmx import tbx2, tbx3, tmx14

pytestmark = pytest.mark.clients

PAIRS = (
    ("全面建设网络强国。", "Build a strong cyber country & more."),
    ("破解<卡脖子>难题。", 'Solve the "chokepoint" <problem>.'),
    ("坚持新发展理念。", "Apply the new development philosophy."),
)
MEMORY = Memory(
    tuple(
        TranslationUnit(
            (Variant("zh-CN", (source,)), Variant("en-US", (target,))),
            props=(("x-source", "essay"),),
            attributes=(("creationdate", "20230505T000000Z"),),
        )
        for source, target in PAIRS
    ),
    "zh-CN",
)
GLOSSARY = Glossary(
    (
        Concept(
            "c1",
            (
                Term("网络强国", "zh-Hans"),
                Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED),
            ),
        ),
    )
)
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>ZH-CN</source_lang>
<target_lang>EN-US</target_lang>
<source_tok>org.omegat.tokenizer.LuceneSmartChineseTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.LuceneEnglishTokenizer</target_tok>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def omegat_translates(memory: Path, folder: Path) -> list[str]:
    """Let OmegaT translate the probes with a memory in ``tm/auto``; return what it wrote."""
    omegat = program("omegat")
    project = folder / "project"
    for name in ("source", "target", "tm/auto", "glossary", "omegat", "dictionary"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, "utf-8")
    (project / "source" / "probe.txt").write_text(
        "\n\n".join(source for source, _ in PAIRS) + "\n", "utf-8"
    )
    shutil.copy(memory, project / "tm" / "auto" / "memory.tmx")
    subprocess.run(
        [
            omegat,
            str(project),
            "--mode=console-translate",
            f"--config-dir={folder / 'config'}",
            "--disable-project-locking",
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    written = project / "target" / "probe.txt"
    return written.read_text("utf-8").strip().split("\n\n") if written.exists() else []


def test_omegat_inserts_the_exact_matches(tmp_path: Path) -> None:
    memory = tmp_path / "m.tmx"
    tmx14.dump(MEMORY, memory)
    assert omegat_translates(memory, tmp_path) == [target for _, target in PAIRS]


def test_omegat_does_not_insert_from_a_broken_memory(tmp_path: Path) -> None:
    memory = tmp_path / "m.tmx"
    tmx14.dump(MEMORY, memory)
    text = memory.read_text("utf-8")
    memory.write_text(text.replace("<seg>", "<seg> ").replace("</seg>", " </seg>"), "utf-8")
    assert omegat_translates(memory, tmp_path) != [target for _, target in PAIRS]


def xmllint(*arguments: str | Path) -> bool:
    command = [program("xmllint"), "--noout", "--nonet", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.shared
def test_xmllint_with_the_dtd(tmp_path: Path) -> None:
    memory, dtd = tmp_path / "m.tmx", shared_dir() / "schemas" / "tmx" / "tmx14.dtd"
    tmx14.dump(MEMORY, memory)
    assert xmllint("--dtdvalid", dtd, memory)
    memory.write_text(memory.read_text("utf-8").replace(' o-tmf="tifa"', ""), "utf-8")
    assert not xmllint("--dtdvalid", dtd, memory)


@pytest.mark.shared
def test_xmllint_with_relax_ng(tmp_path: Path) -> None:
    folder, glossary = shared_dir() / "schemas", tmp_path / "g.tbx"
    tbx2.dump(GLOSSARY, glossary)
    schema = folder / "tbx-v2" / "basic" / "TBXBasicRNGV02.rng"
    assert xmllint("--relaxng", schema, glossary)
    glossary.write_text(glossary.read_text("utf-8").replace("<tig>", "<tag>"), "utf-8")
    assert not xmllint("--relaxng", schema, glossary)
    tbx3.dump(GLOSSARY, glossary)
    assert xmllint("--relaxng", folder / "tbx-v3" / "core" / "TBXcoreStructV03_2023.rng", glossary)
