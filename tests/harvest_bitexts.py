"""Small bitexts for the tests of the harvest, beads given rather than aligned."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.model import Authority, Bead, Bitext, Document, Segment, Source


def bitext(*renditions: tuple[Source, Sequence[str]]) -> Bitext:
    """Return a bitext whose renditions have one segment in each bead ("" for none)."""
    documents = []
    members: list[list[tuple[int, ...]]] = []
    for source, lines in renditions:
        segments: list[Segment] = []
        groups: list[tuple[int, ...]] = []
        position = 0
        for line in lines:
            if not line:
                groups.append(())
                continue
            groups.append((len(segments),))
            segments.append(
                Segment(source.id, len(segments), line, (position, position + len(line)), 0)
            )
            position += len(line) + 1
        documents.append(Document(source, "\n".join(s.text for s in segments), tuple(segments)))
        members.append(groups)
    beads = tuple(Bead(group, 1.0) for group in zip(*members, strict=True))
    return Bitext("+".join(d.source.id for d in documents), tuple(documents), beads, "test")


ESSAY = (
    Source("essay", language="zh-Hans", date="2024-03-01", authority=Authority.OFFICIAL),
    (
        "建设网络强国，必须突破“卡脖子”技术。",
        "要发挥新型举国体制优势，加快数字经济发展。",
        "网络强国建设离不开数字经济的支撑。",
        "《数据安全法》为数字经济提供了保障。",
        "我们要增强“四个意识”，推动高质量发展。",
    ),
)
OFFICIAL = (
    Source("official", language="en", date="2024-05-01", authority=Authority.OFFICIAL),
    (
        "To build a strong cyber country, we must overcome technology bottlenecks.",
        "We should use the new system for mobilizing resources nationwide and "
        "grow the digital economy faster.",
        "Building a strong cyber country requires the support of the digital economy.",
        "The Data Security Law protects the digital economy.",
        "We must strengthen the Four Consciousnesses and promote high-quality development.",
    ),
)
MACHINE = (
    Source("machine", language="en", date="2024-03-02", authority=Authority.MACHINE),
    (
        "To build a network power, we must break through the stuck neck technology.",
        "We should play the advantages of the new national system and speed up the development "
        "of the digital economy.",
        "The construction of a network power is inseparable from the support of the digital "
        "economy.",
        "The Data Security Law provides a guarantee for the digital economy.",
        "We must enhance the four consciousnesses and promote high-quality development.",
    ),
)
