"""Every entry says itself in one Chinese sentence, made of its facts."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues.domain.clocks import ClockKind
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.party import PartyKind
from issues.domain.timeline.entry import EntryFacts, EntryKind, Happening, entry_of
from issues.domain.timeline.sentences import PARTIES, sentence_of

NOVEMBER = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def said(kind: EntryKind, facts: EntryFacts, at: datetime = NOVEMBER) -> str:
    happening = Happening(issue_id="issue_1", kind=kind, at=at, facts=facts)
    return sentence_of(
        entry_of(happening, entry_id="entry_1", community_id="community_1", sequence=1)
    )


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (
            EntryKind.ROUND_RECORDED,
            EntryFacts(round=2, party_kind=PartyKind.WATER, promise_due_on=date(2026, 12, 1)),
            "第 2 次联系供水公司，对方承诺 12 月 1 日前完成。",
        ),
        (
            EntryKind.ROUND_RECORDED,
            EntryFacts(round=1, party_kind=PartyKind.POWER),
            "第 1 次联系供电公司。",
        ),
        (
            EntryKind.ROUND_RECORDED,
            EntryFacts(round=3, party_kind=PartyKind.GAS, promise_due_on=date(2027, 1, 5)),
            "第 3 次联系燃气公司，对方承诺 2027 年 1 月 5 日前完成。",
        ),
        (
            EntryKind.PROMISE_BROKEN,
            EntryFacts(round=1, party_kind=PartyKind.WATER),
            "第 1 次联系供水公司，对方没有兑现承诺。",
        ),
        (EntryKind.RESOLVED, EntryFacts(photo_count=2), "已办结，附 2 张照片。"),
        (
            EntryKind.CONFIRMED,
            EntryFacts(how=ConfirmedHow.REPORTER, rating=5),
            "反映人确认已解决，评分 5 分。",
        ),
        (
            EntryKind.CONFIRMED,
            EntryFacts(how=ConfirmedHow.SILENCE),
            "办结满 7 天无异议，视为已解决。",
        ),
        (
            EntryKind.ESCALATED,
            EntryFacts(party_kind=PartyKind.SUB_DISTRICT),
            "已上报街道协调解决。",
        ),
        (EntryKind.REJECTED, EntryFacts(), "社区决定不予办理，原因见说明。"),
        (
            EntryKind.SLA_BREACHED,
            EntryFacts(clock=ClockKind.HAZARD),
            "安全隐患到场已超过时限。",
        ),
    ],
)
def test_an_entry_says_what_happened(kind: EntryKind, facts: EntryFacts, sentence: str) -> None:
    assert said(kind, facts) == sentence


def test_a_year_is_said_by_the_calendar_of_china() -> None:
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    facts = EntryFacts(round=1, party_kind=PartyKind.WATER, promise_due_on=date(2027, 1, 5))
    assert "2027" not in said(EntryKind.ROUND_RECORDED, facts, new_year)


def test_every_party_has_a_name() -> None:
    assert set(PARTIES) == set(PartyKind)


@given(
    kind=st.sampled_from(EntryKind),
    facts=st.builds(
        EntryFacts,
        round=st.integers(1, 100),
        party_kind=st.none() | st.sampled_from(PartyKind),
        promise_due_on=st.none() | st.dates(),
        photo_count=st.none() | st.integers(0, 20),
        rating=st.none() | st.integers(1, 5),
        how=st.none() | st.sampled_from(ConfirmedHow),
        clock=st.none() | st.sampled_from([ClockKind.HAZARD, ClockKind.HANDLING]),
    ),
)
def test_whatever_happened_is_one_sentence(kind: EntryKind, facts: EntryFacts) -> None:
    sentence = said(kind, facts)
    assert sentence.count("。") == 1
    assert sentence.endswith("。")
    assert "None" not in sentence
    assert not {"{", "}"} & set(sentence)
