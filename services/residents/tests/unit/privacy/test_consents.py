"""People agree to one purpose at a time, by the text that counts, and may take it back."""

from datetime import date

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused
from hypothesis import given
from hypothesis import strategies as st
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.privacy import policies
from residents.domain.privacy.consents import RECORDS_KEPT, ConsentChannel, Consents
from residents.domain.privacy.errors import (
    ConsentChangedTooOften,
    ConsentChannelInvalid,
    ConsentNotFound,
    PolicyNotCurrent,
)
from residents.domain.privacy.events import ConsentWithdrawn
from residents.domain.privacy.policies import POLICIES, Policy, current_policy
from residents.domain.privacy.purposes import Purpose
from residents.domain.roles import Actor, Role, RoleGrant

from .desk import HERE, Desk, request, somebody

BINDING = Purpose.HOUSEHOLD_BINDING


async def _at_the_counter(
    desk: Desk, actor: Actor, *, resident_id: str = "resident_ma",
    channel: ConsentChannel = ConsentChannel.WRITTEN, request_id: str = "c1",
) -> Consents:  # fmt: skip
    asked = request(actor, request_id, resident_id=resident_id)
    return await desk.giving.at_the_counter(actor, resident_id, BINDING, 1, channel, request=asked)


async def _back_at_the_counter(
    desk: Desk, actor: Actor, *, channel: ConsentChannel = ConsentChannel.PHONE
) -> Consents:
    asked = request(actor, "w1", resident_id="resident_ma")
    return await desk.withdrawing.at_the_counter(
        actor, "resident_ma", BINDING, channel, request=asked
    )


@pytest.fixture
def newer_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """A second version of one text, from tomorrow on."""
    tomorrow = desk.today().replace(day=desk.today().day + 1)
    newer = Policy(purpose=BINDING, version=2, effective_from=tomorrow, title="新", text="新。")
    monkeypatch.setattr(policies, "POLICIES", (*POLICIES, newer))
    return newer


async def test_a_person_agrees_to_one_purpose(desk: Desk, person: Actor) -> None:
    await desk.give(person)

    assert await desk.is_given(HERE, person.account_id, BINDING)
    assert await desk.is_given(HERE, "resident_ma", BINDING)
    assert not await desk.is_given(HERE, person.account_id, Purpose.ACCOUNT)
    assert not await desk.is_given(HERE, "account_other", BINDING)
    own = {status.policy.purpose: status for status in await desk.reading.own(person)}
    assert set(own) == set(Purpose)
    assert own[BINDING].is_given
    assert own[BINDING].records[0].given.channel is ConsentChannel.ONLINE


async def test_to_agree_again_changes_nothing(desk: Desk, person: Actor) -> None:
    first = await desk.give(person)
    again = await desk.give(person, request_id="c2")

    assert again.records == first.records


async def test_who_takes_it_back_no_longer_agrees_and_it_is_told(desk: Desk, person: Actor) -> None:
    await desk.give(person)
    desk.now.advance(days=1)
    await desk.withdraw(person)

    assert not await desk.is_given(HERE, person.account_id, BINDING)
    assert desk.books.events == [ConsentWithdrawn(HERE, person.account_id, BINDING, 1, desk.now())]


async def test_a_late_repeat_of_an_old_request_does_not_agree_anew(
    desk: Desk, person: Actor
) -> None:
    await desk.give(person, request_id="c1")
    await desk.withdraw(person)
    await desk.give(person, request_id="c1")

    assert not await desk.is_given(HERE, person.account_id, BINDING)


async def test_history_is_only_added_to(desk: Desk, person: Actor) -> None:
    await desk.give(person, request_id="c1")
    desk.now.advance(days=1)
    await desk.withdraw(person)
    desk.now.advance(days=1)
    book = await desk.give(person, request_id="c2")

    assert [record.stands for record in book.records] == [False, True]
    assert await desk.is_given(HERE, person.account_id, BINDING)


async def test_what_was_not_given_cannot_be_taken_back(desk: Desk, person: Actor) -> None:
    with pytest.raises(ConsentNotFound) as refused:
        await desk.withdraw(person)
    assert refused.value.code == "CONSENT_NOT_FOUND"
    assert desk.writes == 0


async def test_a_newer_text_asks_again(desk: Desk, person: Actor, newer_text: Policy) -> None:
    await desk.give(person)
    assert await desk.is_given(HERE, person.account_id, BINDING)

    desk.now.advance(days=1)

    assert not await desk.is_given(HERE, person.account_id, BINDING)
    with pytest.raises(PolicyNotCurrent):
        await desk.give(person, version=1, request_id="c2")
    await desk.give(person, version=newer_text.version, request_id="c3")
    assert await desk.is_given(HERE, person.account_id, BINDING)

    book = await desk.withdraw(person)
    assert not any(record.stands for record in book.records)


@pytest.mark.parametrize("version", [-1, 0, 2, 99])
async def test_nobody_agrees_to_a_text_that_does_not_count(
    desk: Desk, person: Actor, version: int
) -> None:
    with pytest.raises(PolicyNotCurrent) as refused:
        await desk.give(person, version=version)
    assert refused.value.code == "POLICY_NOT_CURRENT"
    assert desk.writes == 0


async def test_staff_write_down_what_was_said_at_the_counter(
    desk: Desk, person: Actor, clerk: Actor
) -> None:
    book = await _at_the_counter(desk, clerk)

    (record,) = book.records
    assert (record.given.channel, record.given.recorded_by) == (
        ConsentChannel.WRITTEN,
        clerk.account_id,
    )
    assert await desk.is_given(HERE, "resident_ma", BINDING)
    assert await desk.is_given(HERE, person.account_id, BINDING)
    statuses = await desk.reading.of_resident(clerk, "resident_ma")
    assert [status.policy.purpose for status in statuses if status.is_given] == [BINDING]


async def test_the_last_word_counts_wherever_it_was_said(
    desk: Desk, person: Actor, clerk: Actor
) -> None:
    await desk.give(person)
    desk.now.advance(minutes=1)
    await _back_at_the_counter(desk, clerk)
    assert not await desk.is_given(HERE, person.account_id, BINDING)

    desk.now.advance(minutes=1)
    await _at_the_counter(desk, clerk)
    assert await desk.is_given(HERE, person.account_id, BINDING)

    desk.now.advance(minutes=1)
    await desk.withdraw(person)
    assert not await desk.is_given(HERE, "resident_ma", BINDING)


@pytest.mark.usefixtures("resident")
async def test_at_the_counter_nobody_agrees_online(desk: Desk, clerk: Actor) -> None:
    for asked in (
        _at_the_counter(desk, clerk, channel=ConsentChannel.ONLINE),
        _back_at_the_counter(desk, clerk, channel=ConsentChannel.ONLINE),
    ):
        with pytest.raises(ConsentChannelInvalid):
            await asked
    assert desk.writes == 0


@pytest.mark.usefixtures("resident")
async def test_only_the_office_and_within_its_reach_acts_for_others(desk: Desk) -> None:
    for role in set(Role) - {Role.CLERK, Role.SECRETARY}:
        for asked in (
            _at_the_counter(desk, somebody(role)),
            _back_at_the_counter(desk, somebody(role)),
            desk.reading.of_resident(somebody(role), "resident_ma"),
        ):
            with pytest.raises(Forbidden):
                await asked
    elsewhere = somebody(Role.CLERK, scope=("estate_new",))
    with pytest.raises(ResidentNotFound):
        await _at_the_counter(desk, elsewhere)
    with pytest.raises(ResidentNotFound):
        await desk.reading.of_resident(elsewhere, "resident_ma")
    assert desk.writes == 0


async def test_a_request_id_is_for_one_purpose_and_text(desk: Desk, person: Actor) -> None:
    await desk.give(person)
    with pytest.raises(RequestIdReused):
        await desk.giving.own(person, BINDING, 1, request=request(person, "c1", other="x"))


async def test_a_full_history_can_still_be_ended(desk: Desk, person: Actor) -> None:
    for number in range(RECORDS_KEPT):
        await desk.give(person, request_id=f"c{number}")
        if number < RECORDS_KEPT - 1:
            await desk.withdraw(person, request_id=f"w{number}")
    await desk.withdraw(person, request_id="last")

    with pytest.raises(ConsentChangedTooOften):
        await desk.give(person, request_id="more")
    assert not await desk.is_given(HERE, person.account_id, BINDING)


def test_every_purpose_has_a_text_and_versions_rise_with_their_days() -> None:
    for purpose in Purpose:
        own = [policy for policy in POLICIES if policy.purpose is purpose]
        assert [policy.version for policy in own] == list(range(1, len(own) + 1))
        assert sorted(policy.effective_from for policy in own) == [
            policy.effective_from for policy in own
        ]
        assert all(policy.title and policy.text.endswith("。") for policy in own)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), purpose=st.sampled_from(Purpose))
def test_there_is_always_one_text_that_counts(day: date, purpose: Purpose) -> None:
    policy = current_policy(purpose, day)

    assert policy.purpose is purpose
    later = [it for it in POLICIES if it.purpose is purpose and it.version > policy.version]
    assert all(it.effective_from > day for it in later)


async def test_being_bound_oneself_opens_no_counter(desk: Desk, person: Actor) -> None:
    elsewhere = RoleGrant(Role.CLERK, ("estate_new",))
    mixed = msgspec.structs.replace(person, roles=(*person.roles, elsewhere))

    with pytest.raises(ResidentNotFound):
        await _at_the_counter(desk, mixed)
    with pytest.raises(ResidentNotFound):
        await desk.reading.of_resident(mixed, "resident_ma")
    assert desk.writes == 0
