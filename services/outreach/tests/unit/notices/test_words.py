"""What people read: made of facts, and short enough for WeChat whatever the facts are."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from outreach.domain.notices import words
from outreach.domain.notices.kinds import NoticeKind, Template, template_of
from outreach.domain.notices.words import Words

HANZI = re.compile(r"[\u4e00-\u9fff]{1,5}")
PARTIES = (
    "water",
    "power",
    "gas",
    "heating",
    "telecom",
    "property",
    "sub_district",
    "district",
    "neighbour",
    "other",
    "somebody new",
)
fen = st.integers(min_value=0, max_value=10**9)
said = st.one_of(
    st.sampled_from(
        [
            words.acknowledged(),
            words.assigned(),
            words.started(),
            words.waiting(),
            words.resumed(),
            words.escalated(),
            words.rejected(),
            words.reopened(),
        ]
    ),
    st.builds(
        words.round_recorded,
        st.integers(1, 100),
        st.sampled_from(PARTIES),
        st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2099, 12, 31))),
    ),
    st.builds(
        words.promise_settled,
        st.sampled_from(PARTIES),
        st.sampled_from(["kept", "late", "broken", "new"]),
    ),
    st.builds(words.resolved, st.integers(0, 1000)),
    st.builds(
        words.confirmed,
        st.sampled_from(["reporter", "on_behalf", "silence", "new"]),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    st.builds(words.voucher_claimed, st.sampled_from(["claim", "reward"]), fen),
    st.builds(words.voucher_redeemed, fen, fen),
    st.builds(words.voucher_reversed, fen),
    st.builds(words.voucher_expired, fen),
)


@given(said)
def test_whatever_is_said_fits_the_fields_of_wechat(said: Words) -> None:
    assert 1 <= len(said.headline) <= words.HEADLINE_MAX_LENGTH
    assert HANZI.fullmatch(said.status)
    assert said.text.endswith("。")
    assert (said.amount_fen is not None) == (template_of(said.kind) is Template.VOUCHER)


def test_every_kind_of_notice_has_a_template() -> None:
    assert {template_of(kind) for kind in NoticeKind} == set(Template)


def test_a_round_says_who_and_by_when() -> None:
    said = words.round_recorded(2, "water", date(2026, 11, 25))

    assert said.headline == "第2次联系供水公司，承诺11月25日"
    assert said.text == "社区第2次联系供水公司，对方承诺2026年11月25日前处理。"
    assert words.round_recorded(1, "gas", None).text == "社区第1次联系燃气公司。"


def test_the_longest_round_is_whole() -> None:
    longest = words.round_recorded(100, "district", date(2026, 12, 31))

    assert longest.headline == "第100次联系区级部门，承诺12月31日"


def test_a_promise_is_kept_late_or_broken() -> None:
    texts = [words.promise_settled("water", how).text for how in ("kept", "late", "broken")]

    assert texts == [
        "供水公司按时兑现了承诺。",
        "供水公司兑现了承诺，但晚于约定日期。",
        "供水公司没有兑现承诺，社区会继续协调。",
    ]


def test_amounts_are_read_in_yuan() -> None:
    assert words.voucher_redeemed(1505, 495).text == "您的卡券本次使用 15.05 元，剩余 4.95 元。"


def test_thanks_for_a_rating_say_so() -> None:
    assert words.voucher_claimed("reward", 2000).headline == "感谢评价，送您一张卡券"
    assert words.voucher_claimed("claim", 2000).headline == "您领到一张卡券"
