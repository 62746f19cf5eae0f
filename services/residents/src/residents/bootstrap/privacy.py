"""Audit trail, reveals, consents, exports."""

from residents.adapters.privacy import mongo_audit_entries
from residents.adapters.privacy.mongo_audit_entries import MongoAuditEntries
from residents.application.privacy.append_to_trail import AppendToTrail
from residents.application.privacy.verify_trail import VerifyTrail
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Plan
from residents.domain.privacy.chain import KeyedHash

PLAN = Plan(
    indexes=mongo_audit_entries.INDEXES,
    sealed=(mongo_audit_entries.SEALED_HEADS,),
)

_KIND_OF_HASH = "audit.entry"


def audit_entries(foundation: Foundation) -> MongoAuditEntries:
    """Where the trail is kept."""
    return MongoAuditEntries(foundation.store, foundation.box)


def audit_trail(foundation: Foundation) -> AppendToTrail:
    """What rooms write acts into; one a process, for every community."""
    return AppendToTrail(audit_entries(foundation), _keyed_hash(foundation))


def trail_verification(foundation: Foundation) -> VerifyTrail:
    """What `verify-audit` runs."""
    return VerifyTrail(audit_entries(foundation), _keyed_hash(foundation))


def _keyed_hash(foundation: Foundation) -> KeyedHash:
    return lambda text: foundation.keyed_hash(_KIND_OF_HASH, text)
