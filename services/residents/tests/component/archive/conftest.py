"""A village in the running service, written as an import writes it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from residents.bootstrap import rooms
from residents.bootstrap.rooms import Rooms
from residents.settings import ResidentsSettings

from ...village import AT, Village, a_village
from ..conftest import Person, Running


@dataclass(frozen=True)
class Books:
    """The stores of the running service, for what a client cannot do."""

    rooms: Rooms

    async def write(self, village: Village) -> None:
        """Write a village."""
        stores = self.rooms.archive.stores
        await stores.estates.add_all([(estate, ()) for estate in village.estates])
        await stores.buildings.add_all([(building, ()) for building in village.buildings])
        await stores.households.add_all([each.announced(AT) for each in village.households])
        await stores.residents.add_all(
            [(resident, (resident.verified_event(),)) for resident in village.residents]
        )


@pytest.fixture(scope="session")
async def books(running: Running) -> AsyncIterator[Books]:
    variables = {name.lower(): value for name, value in running.variables.items()}
    built = rooms.build(ResidentsSettings.model_validate(variables))
    yield Books(built)
    await built.foundation.store.close()


@pytest.fixture
async def village(books: Books, secretary: Person) -> Village:
    """Of the secretary's community."""
    keyed_hash = books.rooms.foundation.keyed_hash
    made = a_village(secretary.community_id, keyed_hash=keyed_hash)
    await books.write(made)
    return made
