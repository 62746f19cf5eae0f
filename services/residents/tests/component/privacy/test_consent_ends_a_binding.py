"""Who takes back consent to be bound to a household is no longer bound: by event, to the end."""

from chassis.testing_waits import until
from residents.bootstrap.bound_accounts import bound_accounts
from residents.domain.archive.residents import Resident

from ..graph import Graph
from .archive import Archive
from .documents import GIVE, RECORD_WITHDRAWAL, WITHDRAW

BINDING = {"requestId": "c1", "purpose": "HOUSEHOLD_BINDING"}


async def test_by_oneself(archive: Archive, as_resident: Graph, resident: Resident) -> None:
    assert await _bound(archive, resident)
    await as_resident.ask(GIVE, input=BINDING | {"policyVersion": 1})
    await as_resident.ask(WITHDRAW, input=BINDING | {"requestId": "w1"})

    await until(lambda: _is_unbound(archive, resident), within_seconds=30)


async def test_at_the_counter(
    archive: Archive, as_resident: Graph, as_clerk: Graph, resident: Resident
) -> None:
    await as_resident.ask(GIVE, input=BINDING | {"policyVersion": 1})
    assert await _bound(archive, resident)
    said = {"requestId": "w1", "residentId": resident.id, "channel": "IN_PERSON"}
    await as_clerk.ask(RECORD_WITHDRAWAL, input=said | {"purpose": "HOUSEHOLD_BINDING"})

    await until(lambda: _is_unbound(archive, resident), within_seconds=30)


async def _bound(archive: Archive, resident: Resident) -> list[str]:
    bound = bound_accounts(archive.rooms.foundation)
    return list(await bound.accounts_of(resident.community_id, resident.id))


async def _is_unbound(archive: Archive, resident: Resident) -> bool:
    return await _bound(archive, resident) == []
