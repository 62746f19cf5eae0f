"""Everything that is kept of a person, handed out once for a ticket, and written down before."""

from collections.abc import Mapping

import msgspec
import pytest
from chassis.errors import Forbidden, RequestIdReused, StoreUnavailable
from residents.application.privacy.ports import PersonRef
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.errors import ExportNotFound, ExportReasonRequired
from residents.domain.roles import Actor, Role, RoleGrant

from .desk import HERE, Desk, ProfileOfPerson, request, somebody


async def test_a_person_gets_all_that_is_kept_of_them(
    desk: Desk, person: Actor, clerk: Actor
) -> None:
    await desk.give(person)
    await desk.reveal(clerk)
    ticket = await desk.own_ticket(person)
    told = await desk.taking(ticket.export.id, ticket.secret)

    assert told["profile"] == {
        "community_id": HERE,
        "account_ids": (person.account_id,),
        "resident_ids": ("resident_ma",),
        "person_keys": ("person_of_resident_ma",),
    }
    assert told["reveals"] == [
        {
            "byRole": "CLERK",
            "reason": "HOME_VISIT",
            "revealedAt": desk.now(),
            "expiresAt": desk.reveals.all[0].expires_at,
        }
    ]
    consents = told["consents"]
    assert isinstance(consents, list)
    assert [it["purpose"] for it in consents if it["isGiven"]] == ["HOUSEHOLD_BINDING"]
    assert clerk.account_id not in str(told)


async def test_taking_it_out_is_written_down(desk: Desk, person: Actor) -> None:
    ticket = await desk.own_ticket(person)
    assert desk.trail.acts == []
    await desk.taking(ticket.export.id, ticket.secret)

    assert desk.trail.acts == [
        AuditAct(
            community_id=HERE,
            actor_account_id=person.account_id,
            action=AuditAction.EXPORT,
            subject=person.account_id,
            purpose="OWN_REQUEST",
            source_id=ticket.export.id,
            at=desk.now(),
        )
    ]


async def test_a_ticket_is_good_once(desk: Desk, person: Actor) -> None:
    ticket = await desk.own_ticket(person)
    await desk.taking(ticket.export.id, ticket.secret)

    await _is_refused(desk, ticket.export.id, ticket.secret)


async def test_a_ticket_is_good_for_five_minutes(desk: Desk, person: Actor) -> None:
    ticket = await desk.own_ticket(person)
    desk.now.advance(minutes=5)

    await _is_refused(desk, ticket.export.id, ticket.secret)


@pytest.mark.parametrize("secret", ["", "secret-of-export_e2", "秘密"])
async def test_a_wrong_secret_opens_nothing(desk: Desk, person: Actor, secret: str) -> None:
    ticket = await desk.own_ticket(person)

    await _is_refused(desk, ticket.export.id, secret)


async def test_an_export_that_nobody_asked_for_is_not_found(desk: Desk) -> None:
    await _is_refused(desk, "export_x", "secret-of-export_x")


async def _is_refused(desk: Desk, export_id: str, secret: str) -> None:
    written = desk.writes
    with pytest.raises(ExportNotFound) as refused:
        await desk.taking(export_id, secret)
    assert refused.value.code == "EXPORT_NOT_FOUND"
    assert desk.writes == written


async def test_a_store_that_is_away_does_not_use_the_ticket_up(
    desk: Desk, person: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = await desk.own_ticket(person)

    async def away(self: ProfileOfPerson, person: PersonRef) -> Mapping[str, object]:
        raise StoreUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(ProfileOfPerson, "of", away)
        with pytest.raises(StoreUnavailable):
            await desk.taking(ticket.export.id, ticket.secret)
    assert desk.trail.acts == []

    assert await desk.taking(ticket.export.id, ticket.secret)


async def test_a_repeat_gets_the_same_ticket_and_no_longer_time(desk: Desk, person: Actor) -> None:
    first = await desk.own_ticket(person)
    desk.now.advance(minutes=1)

    assert await desk.own_ticket(person) == first


@pytest.mark.usefixtures("person")
async def test_a_secretary_takes_out_a_residents_data_for_a_reason(
    desk: Desk, secretary: Actor
) -> None:
    ticket = await desk.ticket_for(secretary)
    told = await desk.taking(ticket.export.id, ticket.secret)

    profile = told["profile"]
    assert isinstance(profile, dict)
    assert profile["resident_ids"] == ("resident_ma",)
    assert profile["account_ids"] == ("account_ma",)
    (act,) = desk.trail.acts
    assert (act.subject, act.purpose, act.actor_account_id) == (
        "resident_ma",
        "COUNTER_REQUEST",
        secretary.account_id,
    )
    assert secretary.account_id not in str(told)
    exports = told["exports"]
    assert isinstance(exports, list)
    assert [it["byRole"] for it in exports] == ["SECRETARY"]


@pytest.mark.usefixtures("resident")
async def test_for_a_resident_only_a_secretary_and_only_with_a_reason(
    desk: Desk, secretary: Actor
) -> None:
    for role in set(Role) - {Role.SECRETARY}:
        with pytest.raises(Forbidden):
            await desk.ticket_for(somebody(role))
    for note in ("", "  ", "要", "要" * 201):
        with pytest.raises(ExportReasonRequired):
            await desk.ticket_for(secretary, note=note)
    with pytest.raises(ResidentNotFound):
        await desk.ticket_for(secretary, "resident_unknown")
    assert desk.writes == 0


@pytest.mark.usefixtures("resident")
async def test_a_request_id_is_for_one_resident(desk: Desk, secretary: Actor) -> None:
    desk.lives_here("resident_other")
    await desk.ticket_for(secretary)

    with pytest.raises(RequestIdReused):
        await desk.ticket_for(secretary, "resident_other")
    assert len(desk.exports.all) == 1


async def test_whoever_is_nobodys_resident_gets_what_their_account_holds(desk: Desk) -> None:
    actor = somebody(Role.RESIDENT, "new", scope=())
    ticket = await desk.requesting.own(actor, "export_new", request=request(actor, "e1"))
    told = await desk.taking(ticket.export.id, ticket.secret)

    profile = told["profile"]
    assert isinstance(profile, dict)
    assert (profile["account_ids"], profile["resident_ids"]) == ((actor.account_id,), ())


async def test_a_ticket_does_not_print_its_secret(desk: Desk, person: Actor) -> None:
    ticket = await desk.own_ticket(person)

    assert ticket.secret not in repr(ticket)


@pytest.mark.usefixtures("resident")
async def test_another_role_does_not_widen_how_far_a_secretary_reaches(desk: Desk) -> None:
    desk.lives_here("resident_new", estate_id="estate_new")
    elsewhere = somebody(Role.SECRETARY, scope=("estate_new",))
    for other in (RoleGrant(Role.CLERK), RoleGrant(Role.RESIDENT)):
        mixed = msgspec.structs.replace(elsewhere, roles=(*elsewhere.roles, other))
        desk.bindings.pairs.add((mixed.account_id, "resident_ma"))
        with pytest.raises(ResidentNotFound):
            await desk.ticket_for(mixed)
    assert desk.writes == 0

    ticket = await desk.ticket_for(mixed, "resident_new")
    assert ticket.export.by_role is Role.SECRETARY
