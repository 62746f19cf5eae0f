"""A contact is shown for a reason, for minutes, to one account, and is written down before."""

import asyncio

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused, StoreUnavailable
from residents.adapters.privacy.memory import MemoryAuditEntries
from residents.application.privacy.audit_ports import EntryFilter
from residents.application.privacy.read_trail import ReadTrail
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.archive.residents import Resident
from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.errors import (
    RevealLimitReached,
    RevealNotFound,
    RevealReasonRequired,
)
from residents.domain.privacy.reveals import RevealReason
from residents.domain.roles import Actor, Role

from .desk import LIFETIME, PER_HOUR, THERE, Desk, somebody

pytestmark = pytest.mark.usefixtures("resident")


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY])
async def test_the_office_sees_a_contact_and_it_is_written_down(desk: Desk, role: Role) -> None:
    actor = somebody(role)
    shown = await desk.reveal(actor)

    assert shown.contact is not None
    assert (shown.contact.name, shown.contact.phone) == ("马曦", "17337406812")
    assert shown.reveal.expires_at == desk.now() + LIFETIME
    assert shown.reveal.by_role is role
    assert desk.trail.acts == [
        AuditAct(
            community_id=actor.community_id,
            actor_account_id=actor.account_id,
            action=AuditAction.REVEAL,
            subject="resident_ma",
            purpose="HOME_VISIT",
            source_id=shown.reveal.id,
            at=desk.now(),
        )
    ]


async def test_nothing_is_shown_that_could_not_be_written_down(
    desk: Desk, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(entry: AuditAct) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(desk.trail, "append", away)

    with pytest.raises(StoreUnavailable):
        await desk.reveal(clerk)
    assert desk.reveals.all == []


async def test_a_resident_sees_their_own_and_owes_no_note(desk: Desk, person: Actor) -> None:
    shown = await desk.reveal(person, reason=RevealReason.OWN_DATA, note="")

    assert shown.contact is not None
    assert shown.reveal.by_role is Role.RESIDENT
    assert shown.reveal.note is None
    assert [act.action for act in desk.trail.acts] == [AuditAction.REVEAL]


async def test_a_resident_sees_nobody_elses(desk: Desk, person: Actor) -> None:
    desk.lives_here("resident_other")

    with pytest.raises(ResidentNotFound):
        await desk.reveal(person, "resident_other", reason=RevealReason.OWN_DATA)
    assert desk.writes == 0


@pytest.mark.parametrize("role", [Role.STEWARD, Role.PARTNER, Role.MERCHANT, Role.AUDITOR])
async def test_other_roles_never_see_a_contact(desk: Desk, role: Role) -> None:
    for asked in (desk.reveal(somebody(role)), desk.revealing.read(somebody(role), "reveal_r1")):
        with pytest.raises(Forbidden):
            await asked
    assert desk.writes == 0


@pytest.mark.parametrize("note", ["", "   ", "查一下", "  查一下  ", "很" * 201])
async def test_without_a_reason_nothing_is_shown(desk: Desk, clerk: Actor, note: str) -> None:
    with pytest.raises(RevealReasonRequired) as refused:
        await desk.reveal(clerk, note=note)

    assert refused.value.code == "REVEAL_REASON_REQUIRED"
    assert desk.writes == 0


async def test_staff_do_not_look_as_if_it_were_their_own(desk: Desk, clerk: Actor) -> None:
    with pytest.raises(RevealReasonRequired):
        await desk.reveal(clerk, reason=RevealReason.OWN_DATA)
    assert desk.writes == 0


async def test_who_is_unknown_elsewhere_erased_or_beyond_scope_is_not_found(desk: Desk) -> None:
    desk.lives_here("resident_there", community_id=THERE)
    erased = desk.lives_here("resident_erased")
    desk.archive.kept[erased.id] = msgspec.structs.replace(erased, facts=None)
    desk.lives_here("resident_gone", estate_id=None)
    scoped = somebody(Role.CLERK, scope=("estate_new",))

    for actor, resident_id in (
        (somebody(Role.CLERK), "resident_unknown"),
        (somebody(Role.CLERK), "resident_there"),
        (somebody(Role.CLERK), "resident_erased"),
        (scoped, "resident_ma"),
        (scoped, "resident_gone"),
    ):
        with pytest.raises(ResidentNotFound):
            await desk.reveal(actor, resident_id)
    assert desk.writes == 0
    assert (await desk.reveal(somebody(Role.CLERK), "resident_gone")).contact is not None


async def test_it_can_be_read_again_until_it_expires_and_each_reading_is_an_entry(
    desk: Desk, clerk: Actor
) -> None:
    reveal_id = (await desk.reveal(clerk)).reveal.id
    for _ in range(2):
        desk.now.advance(minutes=4)
        again = await desk.revealing.read(clerk, reveal_id)
        assert again.contact is not None
    assert [act.action for act in desk.trail.acts] == [
        AuditAction.REVEAL,
        AuditAction.REVEAL_SHOWN,
        AuditAction.REVEAL_SHOWN,
    ]
    assert [act.at for act in desk.trail.acts][-1] == desk.now()

    desk.now.advance(minutes=2)
    expired = await desk.revealing.read(clerk, reveal_id)

    assert (expired.contact, expired.is_expired) == (None, True)
    assert len(desk.trail.acts) == 3


async def test_it_is_for_one_account_in_one_session(desk: Desk, clerk: Actor) -> None:
    reveal_id = (await desk.reveal(clerk)).reveal.id
    written = desk.writes

    for actor in (
        somebody(Role.SECRETARY),
        somebody(Role.CLERK, session_id="session_2"),
        somebody(Role.CLERK, community_id=THERE),
    ):
        with pytest.raises(RevealNotFound):
            await desk.revealing.read(actor, reveal_id)
    assert desk.writes == written


async def test_who_is_no_longer_within_reach_is_not_shown(desk: Desk, person: Actor) -> None:
    shown = await desk.reveal(person, reason=RevealReason.OWN_DATA)
    desk.bindings.pairs.clear()

    again = await desk.revealing.read(person, shown.reveal.id)

    assert (again.contact, again.is_expired) == (None, False)


async def test_a_repeat_is_the_same_reveal_and_another_reading(desk: Desk, clerk: Actor) -> None:
    first = await desk.reveal(clerk)
    desk.now.advance(minutes=1)
    again = await desk.reveal(clerk)

    assert again == first
    assert [act.action for act in desk.trail.acts] == [
        AuditAction.REVEAL,
        AuditAction.REVEAL_SHOWN,
    ]
    desk.now.advance(minutes=9)
    late = await desk.reveal(clerk)
    assert (late.contact, late.is_expired) == (None, True)


async def test_a_request_id_is_for_one_resident(desk: Desk, clerk: Actor) -> None:
    desk.lives_here("resident_other")
    await desk.reveal(clerk)
    written = desk.writes

    with pytest.raises(RequestIdReused):
        await desk.reveal(clerk, "resident_other")
    assert desk.writes == written


async def test_an_account_sees_so_many_in_an_hour_and_not_more(desk: Desk, clerk: Actor) -> None:
    since = desk.now()
    for number in range(PER_HOUR):
        await desk.reveal(clerk, request_id=f"r{number}")
        desk.now.advance(minutes=5)
    written = desk.writes

    with pytest.raises(RevealLimitReached) as refused:
        await desk.reveal(clerk, request_id="one_more")
    assert refused.value.code == "REVEAL_LIMIT_REACHED"
    assert refused.value.again_at == since.replace(hour=since.hour + 1)
    assert desk.writes == written
    assert (await desk.reveal(somebody(Role.SECRETARY), request_id="hers")).contact is not None

    desk.now.at = refused.value.again_at
    assert (await desk.reveal(clerk, request_id="one_more")).contact is not None


async def test_many_at_once_are_counted_one_by_one(desk: Desk, clerk: Actor) -> None:
    asked = [desk.reveal(clerk, request_id=f"r{number}") for number in range(PER_HOUR * 3)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)

    refused = [it for it in outcomes if isinstance(it, RevealLimitReached)]
    assert len(refused) == PER_HOUR * 2
    assert len(desk.reveals.all) == PER_HOUR


async def test_secretary_and_auditor_see_who_saw_whom(
    desk: Desk, clerk: Actor, secretary: Actor, resident: Resident
) -> None:
    desk.lives_here("resident_other")
    await desk.reveal(clerk, request_id="r1")
    desk.now.advance(minutes=1)
    await desk.reveal(clerk, "resident_other", request_id="r2")

    for actor in (secretary, somebody(Role.AUDITOR)):
        everybody = await desk.read_reveals(actor, resident_id=None, first=10, after=None)
        assert [it.resident_id for it in everybody.items] == ["resident_other", "resident_ma"]
        one = await desk.read_reveals(actor, resident_id=resident.id, first=10, after=None)
        assert [it.resident_id for it in one.items] == ["resident_ma"]
    for role in set(Role) - {Role.SECRETARY, Role.AUDITOR}:
        with pytest.raises(Forbidden):
            await desk.read_reveals(somebody(role), resident_id=None, first=10, after=None)


async def test_the_note_is_for_the_secretary_alone(desk: Desk, clerk: Actor) -> None:
    reveal = (await desk.reveal(clerk)).reveal

    assert desk.read_reveals.note_of(somebody(Role.SECRETARY), reveal) == "核对水费登记"
    for role in set(Role) - {Role.SECRETARY}:
        with pytest.raises(Forbidden):
            desk.read_reveals.note_of(somebody(role), reveal)


async def test_who_answers_for_an_estate_does_not_look_over_the_whole_community(
    desk: Desk, clerk: Actor
) -> None:
    reveal = (await desk.reveal(clerk)).reveal

    for role in (Role.SECRETARY, Role.AUDITOR):
        scoped = somebody(role, scope=("estate_new",))
        with pytest.raises(Forbidden):
            await desk.read_reveals(scoped, resident_id=None, first=10, after=None)
    with pytest.raises(Forbidden):
        desk.read_reveals.note_of(somebody(Role.SECRETARY, scope=("estate_new",)), reveal)
    read_trail = ReadTrail(MemoryAuditEntries())
    with pytest.raises(Forbidden):
        await read_trail(
            somebody(Role.AUDITOR, scope=("estate_new",)), EntryFilter(), first=10, after=None
        )
