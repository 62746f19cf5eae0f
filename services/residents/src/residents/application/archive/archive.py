"""What the archive can do, on one page."""

from dataclasses import dataclass

from residents.application.archive.browse import Browse
from residents.application.archive.correct_resident import CorrectResident, TagResident
from residents.application.archive.describe_places import (
    DescribeBuilding,
    MarkVacant,
    SetEstateKind,
)
from residents.application.archive.follow_up import FollowUp
from residents.application.archive.move import ChangeHousehold, MoveOut
from residents.application.archive.move_in import MoveIn
from residents.application.archive.population import CommunityPopulation
from residents.application.archive.ports import Today
from residents.application.archive.search import SearchResidents
from residents.application.archive.turn_of_day import TurnOfDay


@dataclass(frozen=True, kw_only=True)
class Archive:
    """The use cases; what the graph and the consumers call."""

    browse: Browse
    search: SearchResidents
    population: CommunityPopulation
    move_in: MoveIn
    change_household: ChangeHousehold
    move_out: MoveOut
    correct_resident: CorrectResident
    tag_resident: TagResident
    set_estate_kind: SetEstateKind
    describe_building: DescribeBuilding
    mark_vacant: MarkVacant
    follow_up: FollowUp
    turn_of_day: TurnOfDay
    today: Today
