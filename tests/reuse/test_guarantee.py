"""Every run of 20 characters that two reports share is found, or holds a phrase that stands in many places."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reuse.fingerprint import GRAM, SHORTEST, fingerprints, grams
from pipeline.reuse.normalise import normalise
from pipeline.reuse.passages import Passages, passages
from pipeline.reuse.seeds import COMMON, STOCK, join, packed
from pipeline.reuse.shelf import PAGE, Shelf, shelve

FEW = st.text("预算绩效管理支出12", min_size=0, max_size=60)
MANY = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=0, max_size=60)


def found(texts: list[str]) -> tuple[Shelf, Passages]:
    units = [normalise(text).units for text in texts]
    shelf = shelve(units)
    prints = [fingerprints(one) for one in units]
    bits = int(shelf.starts[-1]).bit_length()
    hashes = np.concatenate([hashes for hashes, _ in prints])
    places = np.concatenate([places + start for (_, places), start in zip(prints, shelf.starts, strict=False)])
    return shelf, passages(join(packed(hashes, places, bits), bits, shelf), shelf)


def missed(texts: list[str]) -> list[tuple[int, str]]:
    """Runs of 20 that a text shares with one before it, and that no passage of the text covers."""
    shelf, shared = found(texts)
    covered = np.zeros(len(shelf.units), np.bool_)
    for start, end in zip(shared.target, shared.target_end, strict=True):
        covered[start:end] = True
    letters = ["".join(map(chr, normalise(text).units.tolist())) for text in texts]
    places = Counter(text[at : at + GRAM] for text in letters for at in range(len(text) - GRAM + 1))
    before: set[str] = set()
    lost = []
    for number, text in enumerate(letters):
        runs = [text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)]
        for at, run in enumerate(runs):
            start = int(shelf.starts[number]) + at
            stock = any(places[run[i : i + GRAM]] > STOCK for i in range(SHORTEST - GRAM + 1))
            if run in before and not stock and not covered[start : start + SHORTEST].all():
                lost.append((number, run))
        before.update(runs)
    return lost


@given(
    st.lists(st.tuples(MANY, MANY), min_size=2, max_size=6),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20, max_size=200),
)
@settings(max_examples=100, deadline=None)
def test_a_planted_run_is_found_wherever_it_stands(around: list[tuple[str, str]], run: str) -> None:
    texts = [before + run + after for before, after in around]
    _, shared = found(texts)
    assert set(shared.target_text.tolist()) >= set(range(1, len(texts)))
    assert not missed(texts)


@given(st.lists(st.lists(FEW, max_size=8).map("".join), min_size=2, max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_every_run_is_found_in_repetitive_text(own: list[str], data: st.DataObject) -> None:
    pieces = data.draw(st.lists(FEW.filter(lambda text: len(text) >= 20), min_size=1, max_size=4))
    texts = []
    for text in own:
        for piece in data.draw(st.lists(st.sampled_from(pieces), max_size=3)):
            at = data.draw(st.integers(0, len(text)))
            text = text[:at] + piece + text[at:]
        texts.append(text)
    assert not missed(texts)


def test_a_seed_is_not_lost_to_an_extension_that_comes_to_nothing() -> None:
    run = "1111111112出2111121出2"
    assert not missed([run + "121111211", run + "1111211"])


def test_a_run_shared_with_a_report_in_the_middle_only_is_found() -> None:
    """The star alone joins the last report with the first and with the one before it, which have the gram elsewhere."""
    gram, run = "绩效目标全部完成", "新建高山蔬菜冷库绩效目标全部完成三座并投用"
    others = [f"{'甲乙丙丁'[at] * 3}街道办事处{gram}第{'一二三四'[at] * 4}" for at in range(4)]
    texts = [others[0], run + "一号", others[1], others[2], others[3], "本年" + run + "二号"]
    assert not missed(texts)


@pytest.mark.parametrize("spare", range(12))
def test_a_passage_ends_where_its_text_ends(spare: int) -> None:
    """However few empty places there are between texts, what stands behind one is not part of it."""
    own = "".join(map(chr, range(0x4E00, 0x4E00 + PAGE - spare)))
    following = "".join(map(chr, range(0x7000, 0x7000 + 60)))
    shelf, shared = found([own, following, own[-40:] + following[:40]])
    ends = [PAGE - spare, 60, 80]
    for side, number, end in (
        ("target", shared.target_text, shared.target_end),
        ("source", shared.source_text, shared.source_end),
    ):
        assert all(end <= shelf.starts[number] + np.array(ends)[number]), side
    assert sorted(zip(shared.target_text.tolist(), shared.source_text.tolist(), strict=True)) == [(2, 0), (2, 1)]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 13, 19, 20, 21])
def test_short_texts(size: int) -> None:
    text = "青岚县教育局全年开展校园安全检查四十六次整改隐患"[:size]
    _, shared = found([text, text])
    assert len(shared) == (size >= SHORTEST)


def test_a_phrase_in_many_places_is_joined_with_the_first_only() -> None:
    phrase = "圆满完成县委县政府下达的各项目标任务取得良好成效"
    texts = [f"{chr(0x4E00 + at * 7) * 5}{phrase}{chr(0x5E00 + at * 5) * 5}" for at in range(COMMON + 30)]
    _, shared = found(texts)
    assert set(shared.source_text.tolist()) == {0}
    assert (shared.reports > COMMON).all()


def test_equal_grams_have_equal_hashes_wherever_they_stand() -> None:
    one, other = normalise("一二三四五六七八九"), normalise("零一二三四五六七八九")
    assert grams(one.units).tolist() == grams(other.units).tolist()[1:]
