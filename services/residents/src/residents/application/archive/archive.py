"""What the archive can do, on one page."""

from dataclasses import dataclass

from residents.application.archive.browse import Browse
from residents.application.archive.correct_resident import (
    ChangeFacts,
    CorrectResident,
    TagResident,
)
from residents.application.archive.counting import RecountBuildings
from residents.application.archive.describe_places import (
    DescribeBuilding,
    MarkVacant,
    SetEstateKind,
)
from residents.application.archive.editions import Editions
from residents.application.archive.enter_person import EnterPerson
from residents.application.archive.estate_check import EstateCheck
from residents.application.archive.follow_up import FollowUp
from residents.application.archive.keeping import KeepFigures, KeepVacancy
from residents.application.archive.move import ChangeHousehold, MoveOut
from residents.application.archive.move_in import MoveIn
from residents.application.archive.population import CommunityPopulation
from residents.application.archive.ports import (
    Archives,
    Buildings,
    Estates,
    Figures,
    Households,
    Identities,
    OwnResidents,
    PersonHolds,
    Residents,
    Today,
)
from residents.application.archive.reading import ArchiveReading
from residents.application.archive.recognise_person import RecognisePerson
from residents.application.archive.search import SearchResidents
from residents.application.archive.turn_of_day import TurnOfDay
from residents.application.hourly_limit import HourlyLimit
from residents.application.ports import Now
from residents.domain.archive.marks import KeyedHash


@dataclass(frozen=True, kw_only=True)
class ArchivePorts:
    """What the use cases share."""

    archives: Archives
    estates: Estates
    buildings: Buildings
    households: Households
    residents: Residents
    figures: Figures
    holds: PersonHolds
    identities: Identities
    own: OwnResidents
    phone_searches: HourlyLimit
    keyed_hash: KeyedHash
    today: Today
    now: Now


class Archive:
    """The use cases; what the graph, the consumers and the other rooms call."""

    def __init__(self, ports: ArchivePorts) -> None:
        archives, estates, buildings = ports.archives, ports.estates, ports.buildings
        households, residents, figures = ports.households, ports.residents, ports.figures
        identities, keyed_hash = ports.identities, ports.keyed_hash
        today, now = ports.today, ports.now

        self.today = today
        self.reading = ArchiveReading(archives, estates, buildings, households, residents)
        self.recount = RecountBuildings(
            buildings, households, residents, figures, identities, keyed_hash, now, today
        )
        self.editions = Editions(
            archives, estates, buildings, households, residents, figures, self.recount
        )
        recognise = RecognisePerson(self.reading, residents, ports.holds, identities, now)
        self.enter_person = EnterPerson(
            self.reading, residents, recognise, identities, keyed_hash, today, now
        )
        self.estate_check = EstateCheck(self.reading)
        self.browse = Browse(
            self.reading, estates, buildings, households, residents, identities, ports.own
        )
        self.search = SearchResidents(
            self.reading, estates, residents, identities, ports.phone_searches, keyed_hash, now
        )
        self.population = CommunityPopulation(
            self.reading, archives, estates, buildings, households, residents, figures,
            self.recount, keyed_hash, now,
        )  # fmt: skip
        self.move_in = MoveIn(self.reading, self.enter_person, keyed_hash, today)
        self.change_household = ChangeHousehold(self.reading, residents, today, now)
        self.move_out = MoveOut(self.reading, residents, today, now)
        keep_figures = KeepFigures(archives, self.reading, figures, identities, self.recount)
        change_facts = ChangeFacts(self.reading, residents, keep_figures, keyed_hash, today, now)
        self.correct_resident = CorrectResident(
            self.reading, change_facts, recognise, keyed_hash, today
        )
        self.tag_resident = TagResident(change_facts)
        self.set_estate_kind = SetEstateKind(self.reading, estates)
        self.describe_building = DescribeBuilding(self.reading, buildings)
        self.mark_vacant = MarkVacant(self.reading, households, residents, now)
        self.follow_up = FollowUp(
            keep_figures, KeepVacancy(self.reading, households, residents, now)
        )
        self.turn_of_day = TurnOfDay(archives, self.reading, figures, self.recount, today)
