"""Audit trail, reveals, consents, exports."""

from collections.abc import Sequence
from datetime import timedelta

from chassis.ids import new_id
from chassis.rooms import Plan

from residents.adapters.mongo_hourly_counts import MongoHourlyCounts
from residents.adapters.privacy import (
    mongo_audit_entries,
    mongo_consents,
    mongo_exports,
    mongo_reveals,
)
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.adapters.privacy.mongo_consents import MongoConsentBooks
from residents.adapters.privacy.mongo_exports import MongoDataExports
from residents.adapters.privacy.mongo_reveals import MongoReveals
from residents.api.privacy.edges import edge_routes
from residents.application.hourly_limit import HourlyLimit
from residents.application.logins.ports import BoundAccounts
from residents.application.ports import Accounts
from residents.application.privacy.append_to_trail import AppendToTrail
from residents.application.privacy.consent_reading import (
    IsConsentGiven,
    PersonSubjects,
    ReadConsents,
)
from residents.application.privacy.give_consent import GiveConsent
from residents.application.privacy.own_parts import (
    AccountsOfPerson,
    ConsentsOfPerson,
    ExportsOfPerson,
    RevealsOfPerson,
)
from residents.application.privacy.ports import AuditTrail, PersonalData
from residents.application.privacy.privacy import Privacy
from residents.application.privacy.reach import Reach
from residents.application.privacy.read_reveals import ReadReveals
from residents.application.privacy.read_trail import ReadTrail
from residents.application.privacy.request_export import RequestExport
from residents.application.privacy.resident_part import ReadableArchive, ResidentsOfPerson
from residents.application.privacy.reveal_contact import RevealContact
from residents.application.privacy.take_export import TakeExport
from residents.application.privacy.verify_trail import VerifyTrail
from residents.application.privacy.withdraw_consent import WithdrawConsent
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
from residents.domain.privacy.chain import KeyedHash

PLAN = Plan(
    outboxes=mongo_consents.OUTBOXES,
    indexes=(
        *mongo_audit_entries.INDEXES,
        *mongo_reveals.INDEXES,
        *mongo_exports.INDEXES,
    ),
    sealed=(mongo_audit_entries.SEALED_HEADS,),
)

_SECRET_CHARACTERS = 32


def audit_trail(foundation: Foundation) -> AppendToTrail:
    """What rooms write acts into; one a process, for every community."""
    return AppendToTrail(_audit_entries(foundation), _hash_of_entries(foundation))


def trail_verification(foundation: Foundation) -> VerifyTrail:
    """What `verify-audit` runs."""
    return VerifyTrail(_audit_entries(foundation), _hash_of_entries(foundation))


def consent_given(foundation: Foundation, bound: BoundAccounts) -> IsConsentGiven:
    """What rooms ask before they use data for a purpose."""
    books = MongoConsentBooks(foundation.store)
    return IsConsentGiven(books, PersonSubjects(bound), foundation.today)


def build(
    foundation: Foundation,
    *,
    trail: AuditTrail,
    accounts: Accounts,
    archive: ReadableArchive,
    bound: BoundAccounts,
    personal_data: Sequence[PersonalData],
) -> Room[Privacy]:
    """Build it; the store need not be there yet.

    Args:
        personal_data: what every other room keeps of a person.
    """
    store, now, today = foundation.store, foundation.now, foundation.today
    settings = foundation.settings
    reach, subjects = Reach(archive, bound), PersonSubjects(bound)
    reveals = MongoReveals(store, foundation.person_keys)
    exports = MongoDataExports(store, foundation.person_keys)
    books = MongoConsentBooks(store)
    reading = ReadConsents(books, subjects, reach, today)
    own_parts = (
        ResidentsOfPerson(archive),
        AccountsOfPerson(accounts),
        ConsentsOfPerson(reading),
        RevealsOfPerson(reveals),
        ExportsOfPerson(exports),
    )
    limit = HourlyLimit(MongoHourlyCounts(store, "reveal"), settings.reveals_per_hour)
    lifetime = timedelta(seconds=settings.reveal_lifetime_seconds)

    def secret_of(export_id: str) -> str:
        return foundation.keyed_hash("export.ticket", export_id)[:_SECRET_CHARACTERS]

    take_export = TakeExport(
        exports, archive, bound, (*personal_data, *own_parts), trail, secret_of, now
    )
    privacy = Privacy(
        reveal_contact=RevealContact(
            reveals, limit, reach, trail, lifetime, lambda: new_id("showing"), now
        ),
        read_reveals=ReadReveals(reveals),
        read_trail=ReadTrail(_audit_entries(foundation)),
        give_consent=GiveConsent(books, reach, today, now),
        withdraw_consent=WithdrawConsent(books, subjects, reach, now),
        read_consents=reading,
        request_export=RequestExport(exports, reach, secret_of, now),
        take_export=take_export,
    )
    return Room(use_cases=privacy, routes=edge_routes(take_export))


def _audit_entries(foundation: Foundation) -> MongoAuditEntries:
    return MongoAuditEntries(foundation.store, foundation.box)


def _hash_of_entries(foundation: Foundation) -> KeyedHash:
    return lambda text: foundation.keyed_hash("audit.entry", text)
