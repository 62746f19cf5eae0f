"""People read one word for one thing, whichever service says it."""

from pathlib import Path

import pytest
from issues.domain.timeline.sentences import PARTIES as OF_TIMELINE
from outreach.domain.notices.words import PARTIES as OF_NOTICES

ROOT = Path(__file__).parents[2]
SAYING = ("services/*/src", "story/src")
OTHER_WORDS = (
    "消费券",
    "礼券",
    "优惠券",
    "已受理",
    "处理完毕",
    "已办好",
    "供水单位",
    "供电单位",
    "相邻住户",
    "相关居民",
)


def test_a_party_has_one_name() -> None:
    assert {kind.value: name for kind, name in OF_TIMELINE.items()} == OF_NOTICES


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_nobody_is_told_it_by_another_word(word: str) -> None:
    files = [file for place in SAYING for file in ROOT.glob(f"{place}/**/*.py")]
    assert files
    assert [str(file.relative_to(ROOT)) for file in files if word in file.read_text("utf-8")] == []
