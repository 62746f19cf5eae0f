"""Who lives where: estates, buildings, households, residents, and what is counted of them."""

from dataclasses import dataclass

from chassis.lease import Lease
from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan

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
from residents.adapters.mongo_hourly_counts import MongoHourlyCounts
from residents.application.archive.archive import Archive, ArchivePorts
from residents.application.archive.editions import Editions
from residents.application.archive.enter_person import EnterPerson
from residents.application.archive.estate_check import EstateCheck
from residents.application.archive.ports import OwnResidents
from residents.application.archive.reading import ArchiveReading
from residents.application.hourly_limit import HourlyLimit
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
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
    """Built once a process; other rooms read and write through it."""

    room: Room[Archive]
    stores: ArchiveStores
    identities: DerivedIdentities

    @property
    def reading(self) -> ArchiveReading:
        """What counts."""
        return self.room.use_cases.reading

    @property
    def editions(self) -> Editions:
        """How an import gets in."""
        return self.room.use_cases.editions

    @property
    def enter_person(self) -> EnterPerson:
        """How a person gets in."""
        return self.room.use_cases.enter_person

    @property
    def estate_check(self) -> EstateCheck:
        """What the giver of a scope asks."""
        return self.room.use_cases.estate_check


def build(foundation: Foundation, own: OwnResidents) -> ArchiveRoom:
    """Build it; the store need not be there yet. Args: own: whose account is which resident."""
    stores, identities, now = ArchiveStores.of(foundation), DerivedIdentities(), foundation.now
    archive = Archive(
        ArchivePorts(
            archives=stores.archives,
            estates=stores.estates,
            buildings=stores.buildings,
            households=stores.households,
            residents=stores.residents,
            figures=stores.figures,
            holds=stores.holds,
            identities=identities,
            own=own,
            phone_searches=HourlyLimit(
                MongoHourlyCounts(foundation.store, "phone_search"),
                foundation.settings.phone_searches_per_hour,
            ),
            keyed_hash=foundation.keyed_hash,
            today=foundation.today,
            now=now,
        )
    )
    days, follow_up = Lease(foundation.store, "archive-days"), archive.follow_up
    room = Room(
        use_cases=archive,
        follow_ups=[
            Listener(SERVICE_TOPIC, ResidentVerified, archive_on_resident_verified(follow_up)),
            Listener(SERVICE_TOPIC, ResidentMoved, archive_on_resident_moved(follow_up)),
            Listener(SERVICE_TOPIC, HouseholdChanged, archive_on_household_changed(follow_up)),
        ],
        background={
            "archive days": lambda: days.run_every(_DAYS_EVERY_SECONDS, archive.turn_of_day)
        },
        facts=[
            Facts(stores.households, household_facts),
            Facts(stores.residents, resident_facts),
        ],
    )
    return ArchiveRoom(room, stores, identities)
