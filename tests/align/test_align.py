"""Bitexts of two and three renditions: what stands where, and that nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.align import Link, Side, align, align_sentences
from glossary.align.renditions import merge_links
from glossary.encoders import default_encoder
from glossary.errors import BadInputError
from glossary.model import Bitext, Document, Segment, SegmentRole, Source

CHINESE = [
    "加快建设网络强国",
    "互联网是二十世纪最伟大的发明之一，它深刻改变了人们的生产和生活。",
    "我们要把核心技术掌握在自己手中，不能让别人卡脖子。",
    "农村的网络覆盖还不够，山区学校的孩子也应该能上网课。",
    "去年全国新建了36个数据中心。",
    "安全是发展的前提，发展是安全的保障。",
    "各国应当携手构建网络空间命运共同体。",
]
ENGLISH = [
    "Building a strong cyber country faster",
    "The internet is one of the greatest inventions of the twentieth century.",
    "It has profoundly changed how people work and live.",
    "We must hold core technologies in our own hands and not let others choke us.",
    "Photo: engineers at work in a laboratory.",
    "Last year 36 new data centres were built across the country.",
    "Security is the precondition of development, and development safeguards security.",
    "All countries should join hands to build a community of shared future in cyberspace.",
]
LITERAL = [
    "Accelerate the construction of network power",
    "The Internet is one of the greatest inventions of the 20th century, and it has deeply changed "
    "people's production and life.",
    "We want to grasp core technology in own hand, cannot let others stick the neck.",
    "Rural network coverage is not enough, children of mountain schools should also have classes.",
    "Last year the whole country newly built 36 data centers.",
    "Security is premise of development, development is guarantee of security.",
    "Countries should jointly construct cyberspace destiny community.",
]


def document(name: str, language: str, sentences: list[str]) -> Document:
    segments, position = [], 0
    for index, text in enumerate(sentences):
        role = SegmentRole.CAPTION if text.startswith("Photo") else SegmentRole.BODY
        span = (position, position + len(text))
        segments.append(Segment(name, index, text, span, index, role))
        position += len(text) + 1
    return Document(Source(name, language=language), "\n".join(sentences), tuple(segments))


def members(bitext: Bitext) -> list[tuple[tuple[int, ...], ...]]:
    return [bead.members for bead in bitext.beads]


def assert_whole(bitext: Bitext) -> None:
    for rendition, one in enumerate(bitext.documents):
        found = sorted(index for bead in bitext.beads for index in bead.members[rendition])
        assert found == list(range(len(one.segments)))
    for bead in bitext.beads:
        assert any(bead.members)
        assert 0 <= bead.score <= 1
    pivots = [bead.members[0][0] for bead in bitext.beads if bead.members[0]]
    assert pivots == sorted(pivots)


ZH = document("zh", "zh-Hans", CHINESE)
EN = document("official", "en", ENGLISH)
MT = document("machine", "en", LITERAL)
EXPECTED = [
    ((0,), (0,)),
    ((1,), (1, 2)),
    ((2,), (3,)),
    ((4,), (5,)),
    ((5,), (6,)),
    ((6,), (7,)),
]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_merges_drops_and_additions_are_found(language: str) -> None:
    from glossary.language.script import to_traditional

    texts = CHINESE if language == "zh-Hans" else [to_traditional(text) for text in CHINESE]
    bitext = align([document("zh", language, texts), EN])
    assert_whole(bitext)
    assert [pair for pair in members(bitext) if all(pair)] == EXPECTED
    assert ((3,), ()) in members(bitext)
    assert ((), (4,)) in members(bitext)


def test_english_with_english() -> None:
    bitext = align([MT, EN])
    assert_whole(bitext)
    assert [pair for pair in members(bitext) if all(pair)] == EXPECTED


def test_three_renditions_share_one_set_of_beads() -> None:
    bitext = align([ZH, EN, MT])
    assert_whole(bitext)
    assert ((1,), (1, 2), (1,)) in members(bitext)
    assert ((3,), (), (3,)) in members(bitext)
    assert bitext.id == "zh+official+machine"
    assert bitext.method.startswith("align:use-multilingual-v3/")


def test_without_an_encoder_dictionary_and_lengths_align() -> None:
    links = align_sentences(Side(CHINESE, "zh-Hans"), Side(LITERAL, "en"), encoder=None)
    assert [(link.source, link.target) for link in links] == [((i,), (i,)) for i in range(7)]


def test_one_sentence_among_many() -> None:
    many = [f"{text} ({number})" for number in range(30) for text in ENGLISH]
    many.insert(77, "Xiao Ming kicked the ball over the wall into Grandma Wang's garden.")
    one = Side(["小明把球踢过墙，落进了王奶奶的花园。"], "zh-Hans")
    links = align_sentences(one, Side(many, "en"), encoder=default_encoder())
    assert [link.target for link in links if link.source] == [(77,)]
    assert sorted(j for link in links for j in link.target) == list(range(len(many)))


def test_an_empty_side_leaves_all_alone() -> None:
    links = align_sentences(Side([], "zh-Hans"), Side(ENGLISH, "en"), encoder=None)
    assert [(link.source, link.target) for link in links] == [((), (j,)) for j in range(8)]


@pytest.mark.parametrize("documents", [[], [ZH], [ZH, document("none", "en", [])]])
def test_too_little_to_align_is_refused(documents: list[Document]) -> None:
    with pytest.raises(BadInputError):
        align(documents)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=12), st.data())
def test_any_strings_align_without_loss(source: list[str], data: st.DataObject) -> None:
    target = data.draw(st.lists(st.text(max_size=30), min_size=1, max_size=12))
    links = align_sentences(Side(source, "zh-Hans"), Side(target, "en"), encoder=default_encoder())
    assert [i for link in links for i in link.source] == list(range(len(source)))
    assert [j for link in links for j in link.target] == list(range(len(target)))


def test_beads_that_share_pivot_sentences_become_one() -> None:
    first = [Link((0, 1), (0,), 0.9), Link((2,), (1,), 0.8), Link((), (2,), 0.7)]
    second = [Link((0,), (0,), 0.6), Link((1, 2), (1,), 0.5)]
    beads = merge_links(3, [first, second])
    assert [bead.members for bead in beads] == [
        ((0, 1, 2), (0, 1), (0, 1)),
        ((), (2,), ()),
    ]
    assert beads[0].score == 0.5


Sizes = list[tuple[int, int]]


def _links(pivot: int, sizes: Sizes) -> list[Link]:
    """Return links over ``pivot`` sentences, of the sizes given as far as they go."""
    links: list[Link] = []
    i = j = 0
    for left, right in [*sizes, *[(1, 0)] * pivot]:
        used = min(left, pivot - i)
        if used or right:
            links.append(Link(tuple(range(i, i + used)), tuple(range(j, j + right)), 0.5))
        i, j = i + used, j + right
    return [link for link in links if link.source or link.target]


@given(
    st.integers(1, 12),
    st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))), min_size=1, max_size=4),
)
def test_any_number_of_renditions_is_one_consistent_set_of_beads(
    pivot: int, renditions: list[Sizes]
) -> None:
    links = [_links(pivot, sizes) for sizes in renditions]
    beads = merge_links(pivot, links)
    whole = [range(pivot), *(range(sum(len(link.target) for link in one)) for one in links)]
    for column, indices in enumerate(whole):
        found = sorted(index for bead in beads for index in bead.members[column])
        assert found == list(indices)
    where = {index: number for number, bead in enumerate(beads) for index in bead.members[0]}
    for column, one in enumerate(links, start=1):
        homes = {
            index: number for number, bead in enumerate(beads) for index in bead.members[column]
        }
        for link in one:
            # What was joined with one rendition stays joined beside the others.
            together = {where[index] for index in link.source} if link.target else set()
            assert len(together | {homes[index] for index in link.target}) <= 1
        # With one rendition less the beads are the same or finer, never others.
        fewer = merge_links(pivot, [other for other in links if other is not one] or [[]])
        assert all(len({where[index] for index in bead.members[0]}) <= 1 for bead in fewer)
