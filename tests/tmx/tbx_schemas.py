"""The public schemas of TBX: RELAX NG with lxml, Schematron (XSLT 2 binding) with elementpath."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import elementpath
from corpora import shared_dir
from elementpath import XPath2Parser, XPathContext
from lxml import etree

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_SCHEMATRONS = {
    ("TBX-Basic", "dct"): ("basic/TBX-Basic_DCT.sch", "basic/Basic.sch", "min/Min.sch"),
    ("TBX-Basic", "dca"): ("basic/TBX-Basic_DCA.sch",),
    ("TBX-Min", "dct"): ("min/TBX-Min_DCT.sch", "min/Min.sch"),
    ("TBX-Min", "dca"): ("min/TBX-Min_DCA.sch",),
    ("TBX-Core", "dct"): ("core/TBX-Core.sch",),
    ("TBX-Core", "dca"): ("core/TBX-Core.sch",),
}


@cache
def relax_ng(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared_dir() / "schemas" / name))


@cache
def _schematron(path: Path) -> tuple[list[tuple[Any, list[tuple[bool, Any, str]]]], dict[str, str]]:
    """Return the rules of a Schematron: context, and its assertions and reports."""
    schema = etree.parse(path)
    names = {str(n.get("prefix")): str(n.get("uri")) for n in schema.iter(_SCH + "ns")}
    parser = XPath2Parser(namespaces=names)
    rules = []
    for rule in schema.iter(_SCH + "rule"):
        # A context is a match pattern; "//" before each branch makes it a selection.
        branches = [part.strip() for part in str(rule.get("context")).split("|")]
        context = parser.parse(" | ".join(b if b.startswith("/") else f"//{b}" for b in branches))
        checks = [
            (
                check.tag == _SCH + "assert",
                parser.parse(f"boolean({check.get('test')})"),
                " ".join("".join(map(str, check.itertext())).split()),
            )
            for check in rule.iter(_SCH + "assert", _SCH + "report")
        ]
        rules.append((context, checks))
    return rules, names


def schematron_findings(path: Path, tree: Any) -> list[str]:
    """Return what a Schematron finds in a document."""
    root = elementpath.get_node_tree(tree)
    findings = []
    for context, checks in _schematron(path)[0]:
        for node in context.select(XPathContext(root)):
            for wanted, test, message in checks:
                if bool(test.evaluate(XPathContext(root, item=node))) is not wanted:
                    findings.append(message)
    return findings


def tbx_findings(path: Path) -> list[str]:
    """Return what the schemas of its version, dialect and style find in a TBX file."""
    tree = etree.parse(path)
    root = tree.getroot()
    if root.tag == "martif":
        schema = relax_ng("tbx-v2/basic/TBXBasicRNGV02.rng")
        return [] if schema.validate(tree) else [str(schema.error_log)]
    schema = relax_ng("tbx-v3/core/TBXcoreStructV03_2023.rng")
    findings = [] if schema.validate(tree) else [str(schema.error_log)]
    for name in _SCHEMATRONS[root.get("type", ""), root.get("style", "")]:
        findings += schematron_findings(shared_dir() / "schemas" / "tbx-v3" / name, tree)
    return findings
