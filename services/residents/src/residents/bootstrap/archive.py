"""Who lives where: estates, buildings, households, residents, and what is counted of them."""

from dataclasses import dataclass
from datetime import timedelta, timezone

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
from residents.application.archive.counting import RecountBuildings
from residents.application.archive.editions import Editions
from residents.application.archive.enter_person import EnterPerson
from residents.application.archive.estate_check import EstateCheck
from residents.application.archive.ports import Today
from residents.application.archive.reading import ArchiveReading
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Plan

PLAN = Plan(
    outboxes=("households", "residents"),
    indexes=(*ARCHIVE_INDEXES, *PLACE_INDEXES, *RESIDENT_INDEXES),
)

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
