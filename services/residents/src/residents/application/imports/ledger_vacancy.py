"""Which doors of a ledger are vacant, by those who will live behind them."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from chassis.errors import TooMuchContention

from residents.application.archive.ports import Households, Residents
from residents.application.imports.ledger_people import LedgerPeople
from residents.domain.archive.editions import View
from residents.domain.archive.places import StagedHousehold

_AT_ONCE = 1000
_ATTEMPTS = 10


@dataclass(frozen=True)
class LedgerVacancy:
    """A file may not know who stayed behind a door, or who left it after the file's day.

    A door whose people the file names but could not be read is not vacant: that is its word.
    """

    households: Households
    residents: Residents

    async def __call__(
        self, people: LedgerPeople, inhabited: AbstractSet[int], edition: int
    ) -> None:
        """Stage the vacancy of doors of which the file may be wrong, once its people are written.

        Args:
            inhabited: households of the reading in which somebody lives as it says.
        Raises: TooMuchContention when others keep changing the same doors.
        """
        doubtful = self._doubtful(people, inhabited)
        while some := list(islice(doubtful, _AT_ONCE)):
            for _ in range(_ATTEMPTS):
                some = await self._look(people.community_id, some, edition)
                if not some:
                    break
            else:
                raise TooMuchContention

    def _doubtful(self, people: LedgerPeople, inhabited: AbstractSet[int]) -> Iterator[str]:
        """Doors that are said to be vacant, or whose people all know better than the file."""
        named = {each.household for each in people.reading.people}
        return (
            people.places.home(number, None).household_id
            for number, said in enumerate(people.reading.households)
            if said.is_vacant or (number in named and number not in inhabited)
        )

    async def _look(self, community_id: str, ids: Sequence[str], edition: int) -> list[str]:
        """Returns: the ids of those that somebody changed meanwhile."""
        there = [
            (each.version, each.effective(edition))
            for each in await self.households.get_many(community_id, ids)
            if each is not None and not (each.from_edition == edition and each.vacant)
        ]
        homes = await self.residents.of_households(
            community_id,
            [household.id for _, household in there],
            view=View(edition, is_settled=False),
        )
        staged = {
            household.id: (
                version,
                StagedHousehold(edition, household.area_cm2, not homes[household.id]),
            )
            for version, household in there
            if household.vacant == bool(homes[household.id])
        }
        return await self.households.stage_all(community_id, staged) if staged else []
