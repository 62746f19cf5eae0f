"""Residents of a town: logged in by WeChat, bound to a household, verified by its secretary.

    town = await found_town(layout, client)
    await import_ledger(town, small_ledger(households=64))
    inhabitants = await settle(town, 64)

Everything is done through the public API, as people and staff do it.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from story.graph import Graph

from local_stack.acting.people_by_wechat import LoggedIn, PeopleByWeChat
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually
from local_stack.secrets_file import stack_secrets

_HOUSEHOLDS = """
query Households($id: ID!, $first: Int!, $after: String) {
  community(id: $id) {
    population {
      households {
        rows(first: $first, after: $after) {
          nodes { id vacant }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}
"""
_ME = "query Me { me { roles { role scope } } }"
_A_PAGE = 100
_AT_ONCE = 8
_KNOWN_WITHIN_SECONDS = 120.0


@dataclass(frozen=True)
class Inhabitant:
    """Somebody who is at home in the town.

    Attributes:
        person: with tokens that say so; they are good for ten minutes.
    """

    person: LoggedIn
    household_id: str
    resident_id: str

    @property
    def token(self) -> str:
        """What the mini-program sends."""
        return self.person.token


def people_of(town: Town) -> PeopleByWeChat:
    """Return who makes people of a town."""
    return PeopleByWeChat(
        Graph(town.client, town.layout.address("gateway")),
        town.phones,
        mini_program_secret=stack_secrets(town.layout.state).mini_program_secret,
    )


async def settle(town: Town, count: int) -> list[Inhabitant]:
    """Settle so many people, each in a household of their own that the archive knows.

    Raises: LookupError if the town has too few inhabited households.
    """
    households = await _inhabited(town, count)
    gate = asyncio.Semaphore(_AT_ONCE)
    people = people_of(town)

    async def one(number: int, household_id: str) -> Inhabitant:
        async with gate:
            return await _settled(town, people, number, household_id)

    return list(await asyncio.gather(*(one(*each) for each in enumerate(households))))


async def renewed(town: Town, inhabitants: list[Inhabitant]) -> list[Inhabitant]:
    """Return the same people with tokens that are good for ten minutes from now."""
    gate = asyncio.Semaphore(_AT_ONCE)
    people = people_of(town)

    async def one(inhabitant: Inhabitant) -> Inhabitant:
        async with gate:
            return replace(inhabitant, person=await people.renewed(inhabitant.person))

    return list(await asyncio.gather(*map(one, inhabitants)))


async def _settled(
    town: Town, people: PeopleByWeChat, number: int, household_id: str
) -> Inhabitant:
    person = await people.log_in(town.community_id, phone_number=f"137{number:08}")
    await people.give_number(person)
    binding_id = await people.binding_of(person.token, household_id)
    verified = await town.do(
        "VerifyBinding", "verifyBinding", bindingId=binding_id, asNewResident=True
    )
    scope: list[str] = []

    async def is_resident() -> bool:
        me = (await town.data_as(person.token, _ME))["me"]
        scope[:] = _scope_of_resident(me)
        return bool(scope)

    await eventually(is_resident, within_seconds=_KNOWN_WITHIN_SECONDS)
    again = replace(await people.renewed(person), scope=tuple(scope))
    return Inhabitant(again, household_id, str(verified["binding"]["residentId"]))


def _scope_of_resident(me: Any) -> list[str]:
    grants = (grant for grant in me["roles"] if grant["role"] == "RESIDENT")
    return [estate for grant in grants for estate in grant["scope"] or []]


async def _inhabited(town: Town, count: int) -> list[str]:
    found: list[str] = []
    after = None
    while len(found) < count:
        asked = {"id": town.community_id, "first": _A_PAGE, "after": after}
        community = (await town.data(_HOUSEHOLDS, **asked))["community"]
        page = community["population"]["households"]["rows"]
        found += [node["id"] for node in page["nodes"] if not node["vacant"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    if len(found) < count:
        raise LookupError(f"only {len(found)} inhabited households, not {count}")
    return found[:count]
