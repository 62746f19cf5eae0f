"""Who lives where: estates, buildings, households, residents, and what is counted of them."""

from dataclasses import dataclass
from datetime import timedelta, timezone

from chassis.consumer import Listener
from chassis.lease import Lease
from chassis.republish import Facts

from residents.adapters.archive.identities import DerivedIdentities
from residents.adapters.archive.mongo_archives import (
    ARCHIVE_INDEXES,
    MongoArchives,
    MongoFigures,
    MongoPersonHolds,
)
from residents.adapters.archive.mongo_places import (
    PLACE_INDEXES,
    MongoBuildings,
    MongoEstates,
    MongoHouseholds,
)
from residents.adapters.archive.mongo_residents import RESIDENT_INDEXES, MongoResidents
from residents.application.archive.archive import Archive
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
from residents.application.archive.personal_data import PersonalResidents
from residents.application.archive.population import CommunityPopulation
from residents.application.archive.ports import OwnResidents, Today
from residents.application.archive.reading import ArchiveReading
from residents.application.archive.search import SearchResidents
from residents.application.archive.turn_of_day import TurnOfDay
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Plan, Room
from residents.consumers.archive_on_household_changed import (
    HouseholdChanged,
    archive_on_household_changed,
)
from residents.consumers.archive_on_resident_moved import (
    ResidentMoved,
    archive_on_resident_moved,
)
from residents.consumers.archive_on_resident_verified import (
    ResidentVerified,
    archive_on_resident_verified,
)
from residents.domain.archive.facts import household_facts, resident_facts
from residents.domain.events import SERVICE_TOPIC

PLAN = Plan(
    outboxes=("households", "residents"),
    indexes=(*ARCHIVE_INDEXES, *PLACE_INDEXES, *RESIDENT_INDEXES),
)

_DAYS_EVERY_SECONDS = 60.0
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class ArchiveStores:
    """The collections of the archive."""

    archives: MongoArchives
    estates: MongoEstates
    buildings: MongoBuildings
    households: MongoHouseholds
    residents: MongoResidents
    figures: MongoFigures
    holds: MongoPersonHolds

    @classmethod
    def of(cls, foundation: Foundation) -> "ArchiveStores":
        """Build them; the store need not be there yet."""
        store, now = foundation.store, foundation.now
        return cls(
            archives=MongoArchives(store, now=now),
            estates=MongoEstates(store, now=now),
            buildings=MongoBuildings(store, now=now),
            households=MongoHouseholds(store, now=now),
            residents=MongoResidents(store, foundation.person_keys, now=now),
            figures=MongoFigures(store, now=now),
            holds=MongoPersonHolds(store, now=now),
        )


@dataclass(frozen=True)
class ArchiveRoom:
    """Built once a process; other rooms read and write through it.

    Attributes:
        estate_check: what the giver of a scope asks.
    """

    stores: ArchiveStores
    identities: DerivedIdentities
    reading: ArchiveReading
    recount: RecountBuildings
    keep_figures: KeepFigures
    editions: Editions
    enter_person: EnterPerson
    estate_check: EstateCheck
    today: Today


def build(foundation: Foundation) -> ArchiveRoom:
    """Build it; the store need not be there yet."""
    stores, identities = ArchiveStores.of(foundation), DerivedIdentities()
    keyed_hash, now = foundation.keyed_hash, foundation.now
    archives, estates, buildings = stores.archives, stores.estates, stores.buildings
    households, residents, figures = stores.households, stores.residents, stores.figures
    today: Today = lambda: now().astimezone(_CHINA).date()  # noqa: E731
    reading = ArchiveReading(archives, estates, buildings, households, residents)
    recount = RecountBuildings(
        buildings, households, residents, figures, identities, keyed_hash, now, today
    )
    return ArchiveRoom(
        stores=stores,
        keep_figures=KeepFigures(archives, reading, figures, identities, recount),
        identities=identities,
        reading=reading,
        recount=recount,
        editions=Editions(archives, estates, buildings, households, residents, figures, recount),
        enter_person=EnterPerson(
            reading, residents, stores.holds, identities, keyed_hash, today, now
        ),
        estate_check=EstateCheck(reading),
        today=today,
    )


def room(foundation: Foundation, archive: ArchiveRoom, own: OwnResidents) -> Room[Archive]:
    """What the graph, the worker and the commands need of it."""
    use_cases = _use_cases(foundation, archive, own)
    days = Lease(foundation.store, "archive-days")
    stores, follow_up = archive.stores, use_cases.follow_up
    return Room(
        use_cases=use_cases,
        listeners=[
            Listener(SERVICE_TOPIC, ResidentVerified, archive_on_resident_verified(follow_up)),
            Listener(SERVICE_TOPIC, ResidentMoved, archive_on_resident_moved(follow_up)),
            Listener(SERVICE_TOPIC, HouseholdChanged, archive_on_household_changed(follow_up)),
        ],
        background={
            "archive days": lambda: days.run_every(_DAYS_EVERY_SECONDS, use_cases.turn_of_day)
        },
        facts=[
            Facts(stores.households, household_facts),
            Facts(stores.residents, resident_facts),
        ],
        personal_data=[PersonalResidents(archive.reading)],
    )


def _use_cases(foundation: Foundation, archive: ArchiveRoom, own: OwnResidents) -> Archive:
    stores, identities, today = archive.stores, archive.identities, archive.today
    keyed_hash, now, reading = foundation.keyed_hash, foundation.now, archive.reading
    archives, estates, buildings = stores.archives, stores.estates, stores.buildings
    households, residents, figures = stores.households, stores.residents, stores.figures
    change_facts = ChangeFacts(reading, residents, archive.keep_figures, keyed_hash, today)
    keep_vacancy = KeepVacancy(reading, households, residents, now)
    return Archive(
        browse=Browse(reading, estates, buildings, households, residents, identities, own),
        search=SearchResidents(reading, estates, residents, identities, keyed_hash),
        population=CommunityPopulation(
            archives, estates, buildings, households, residents, figures, archive.recount,
            keyed_hash, now,
        ),
        move_in=MoveIn(reading, archive.enter_person, keyed_hash, today),
        change_household=ChangeHousehold(reading, residents, today, now),
        move_out=MoveOut(reading, residents, today, now),
        correct_resident=CorrectResident(reading, residents, change_facts, keyed_hash, today),
        tag_resident=TagResident(change_facts),
        set_estate_kind=SetEstateKind(reading, estates),
        describe_building=DescribeBuilding(reading, buildings),
        mark_vacant=MarkVacant(reading, households, residents, now),
        follow_up=FollowUp(archive.keep_figures, keep_vacancy),
        turn_of_day=TurnOfDay(archives, reading, figures, archive.recount, today),
        today=today,
    )  # fmt: skip
