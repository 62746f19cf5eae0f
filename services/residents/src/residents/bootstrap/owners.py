"""Who owns what: the owners' register, by hand and by import."""

from dataclasses import dataclass

from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan

from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.adapters.owners import mongo_owners, mongo_ownerships
from residents.adapters.owners.archive_readings import ArchiveDwellings, ArchiveResidents
from residents.adapters.owners.derived_owner_identities import DerivedOwnerIdentities
from residents.adapters.owners.mongo_owners import MongoOwners
from residents.adapters.owners.mongo_ownerships import MongoOwnerships
from residents.adapters.owners.mongo_registers import MongoRegisters
from residents.application.imports.ports import ImportKind
from residents.application.logins.ports import BoundAccounts
from residents.application.owners.apply_register import ApplyRegister
from residents.application.owners.link_owners import LinkOwners
from residents.application.owners.owned_by_person import OwnedByPerson
from residents.application.owners.owner_book import OwnerBook
from residents.application.owners.owner_queries import OwnerQueries
from residents.application.owners.owners import OwnersRoom
from residents.application.owners.owners_register_kind import OwnersRegisterKind
from residents.application.owners.owners_who_are import OwnersWhoAre
from residents.application.owners.ownership_by_hand import OwnershipByHand
from residents.application.owners.ownership_figures import ReadOwnershipFigures
from residents.application.owners.reach import OwnReach
from residents.application.owners.record_ownership import RecordOwnership
from residents.application.owners.recount_owners import RecountOwners
from residents.application.owners.register_comparison import RegisterComparison
from residents.application.owners.sets_of_owners import SetsOfOwners
from residents.application.owners.transfer_ownership import TransferOwnership
from residents.bootstrap.archive import ArchiveRoom
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
from residents.consumers.owners_on_ownership_changed import (
    OwnershipChanged,
    owners_on_ownership_changed,
)
from residents.consumers.owners_on_resident_corrected import (
    ResidentCorrected,
    owners_on_resident_corrected,
)
from residents.consumers.owners_on_resident_moved import ResidentMoved, owners_on_resident_moved
from residents.consumers.owners_on_resident_verified import (
    ResidentVerified,
    owners_on_resident_verified,
)
from residents.domain.events import SERVICE_TOPIC
from residents.domain.owners.ownership import ownership_facts

PLAN = Plan(
    outboxes=(mongo_ownerships.COLLECTION,),
    indexes=(*mongo_ownerships.INDEXES, *mongo_owners.INDEXES),
)


@dataclass(frozen=True)
class Owners:
    """Built once a process.

    Attributes:
        kind: what is done with a register that is imported.
    """

    room: Room[OwnersRoom]
    kind: ImportKind


def build(foundation: Foundation, archive: ArchiveRoom, bound: BoundAccounts) -> Owners:
    """Build it; the store need not be there yet."""
    store, now = foundation.store, foundation.now
    ownerships, registers = MongoOwnerships(store, now=now), MongoRegisters(store, now=now)
    owners = MongoOwners(store, foundation.person_keys, now=now)
    identities = DerivedOwnerIdentities(foundation.keyed_hash)
    dwellings = ArchiveDwellings(archive.reading, archive.identities, archive.stores.figures)
    residents = ArchiveResidents(archive.reading, archive.stores.residents)
    book = OwnerBook(owners, residents, identities, now)
    by_hand = OwnershipByHand(
        ownerships, owners, registers, dwellings, book, identities, foundation.today, now
    )
    owners_who_are = OwnersWhoAre(owners, residents)
    queries = OwnerQueries(
        ownerships, owners, registers, OwnReach(bound, owners_who_are), identities, foundation.today
    )
    recount, link = (
        RecountOwners(ownerships, owners, identities),
        LinkOwners(ownerships, owners, residents, now),
    )
    room = OwnersRoom(
        record_ownership=RecordOwnership(by_hand),
        transfer_ownership=TransferOwnership(by_hand),
        queries=queries,
        figures=ReadOwnershipFigures(
            ownerships, owners, registers, dwellings, queries, identities, now
        ),
        sets_of_owners=SetsOfOwners(ownerships, registers, dwellings, identities),
        link_owners=link,
        recount_owners=recount,
    )
    comparison = RegisterComparison(dwellings, ownerships, book, identities, now)
    return Owners(
        room=Room(
            use_cases=room,
            follow_ups=[
                Listener(SERVICE_TOPIC, OwnershipChanged, owners_on_ownership_changed(recount)),
                Listener(SERVICE_TOPIC, ResidentVerified, owners_on_resident_verified(link)),
                Listener(SERVICE_TOPIC, ResidentMoved, owners_on_resident_moved(link)),
                Listener(SERVICE_TOPIC, ResidentCorrected, owners_on_resident_corrected(link)),
            ],
            facts=[Facts(ownerships, ownership_facts)],
            personal_data=[OwnedByPerson(ownerships, owners_who_are, registers, identities)],
        ),
        kind=OwnersRegisterKind(
            open_workbook,
            registers,
            ownerships,
            comparison,
            ApplyRegister(registers, ownerships, owners, book, comparison, recount, identities),
            identities,
        ),
    )
