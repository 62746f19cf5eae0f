"""Teams of a community of the test's own, over the running service."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest
from chassis.ids import derived_id
from residents.bootstrap import rooms
from residents.domain.archive.places import Estate, EstateKind
from residents.settings import ResidentsSettings

from ..conftest import Person, Running
from ..graph import Graph
from . import documents


class Office:
    """The secretary at work with teams."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._numbers = itertools.count(1)

    async def tries(self, document: str, **given: Any) -> Any:
        """Ask for a change. Returns: whatever came of it."""
        given = {"requestId": f"request-{next(self._numbers)}", **given}
        return await self.graph.ask(document, input=given)

    async def does(self, document: str, **given: Any) -> Any:
        """Change something."""
        outcome = await self.tries(document, **given)
        assert outcome["__typename"].endswith("Success"), outcome
        return outcome

    async def team(self, kind: str, name: str) -> str:
        made = await self.does(documents.CREATE_TEAM, kind=kind, name=name, foundedOn="2021-07-01")
        return str(made["team"]["id"])

    async def member(self, team_id: str, **who: Any) -> str:
        made = await self.does(
            documents.ADD_MEMBER, teamId=team_id, title="成员", joinedOn="2026-01-01", **who
        )
        return str(made["member"]["id"])


@pytest.fixture
def office(as_secretary: Graph) -> Office:
    return Office(as_secretary)


@pytest.fixture
async def estate_id(running: Running, secretary: Person) -> AsyncIterator[str]:
    """An estate of the secretary's community, as an import would have made it."""
    variables = {name.lower(): value for name, value in running.variables.items()}
    built = rooms.build(ResidentsSettings.model_validate(variables))
    estate = Estate.of(
        derived_id("estate", secretary.community_id, "云栖苑"),
        community_id=secretary.community_id,
        name="云栖苑",
        kind=EstateKind.NEW,
        from_edition=0,
    )
    await built.archive.stores.estates.add(estate)
    yield estate.id
    await built.foundation.store.close()
