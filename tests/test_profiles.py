import pytest

from pipeline import profiles
from pipeline.errors import WrongUsage
from pipeline.records import Block, Report


@pytest.mark.parametrize("name", [n for n in profiles.names() if n != profiles.GENERIC])
def test_a_report_of_an_outline_is_recognised(name: str) -> None:
    titles = [item.title for item in profiles.load(name).outline] + list(profiles.load(name).marks)
    blocks = tuple(Block(i, f"（{'一二三四五六七八九十'[i % 10]}）{title}") for i, title in enumerate(titles))
    assert profiles.recognise(Report("0" * 64, "x.txt", blocks)).name == name


def test_an_unknown_outline_is_held_to_the_generic_one() -> None:
    blocks = (Block(0, "一、来龙去脉"), Block(1, "二、所作所为"))
    assert profiles.recognise(Report("0" * 64, "x.txt", blocks)).name == profiles.GENERIC


def test_an_unknown_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(WrongUsage, match="generic"):
        profiles.load("mars")


def test_scoring_is_that_of_the_ministry_unless_the_place_has_its_own() -> None:
    assert profiles.load("hunan-form").scoring == profiles.load(profiles.GENERIC).scoring
    own = profiles.load("sichuan-department").scoring
    assert dict(own.bands)["中"] == 70
    assert own.execution == profiles.load(profiles.GENERIC).scoring.execution
