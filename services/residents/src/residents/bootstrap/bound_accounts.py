"""Whose account is whose, for rooms and processes that are built without the room of logins."""

from residents.adapters.logins.derived_pseudonyms import DerivedPseudonyms
from residents.adapters.logins.mongo_identities import MongoResidentClaims
from residents.application.logins.bound_accounts import ClaimedAccounts
from residents.application.logins.ports import BoundAccounts
from residents.bootstrap.foundation import Foundation


def bound_accounts(foundation: Foundation) -> BoundAccounts:
    """Build it; the store need not be there yet."""
    claims = MongoResidentClaims(foundation.store)
    return ClaimedAccounts(foundation.accounts, claims, pseudonyms(foundation))


def pseudonyms(foundation: Foundation) -> DerivedPseudonyms:
    """By which the store knows who logs in by WeChat."""
    return DerivedPseudonyms(foundation.keyed_hash, foundation.settings.union_hash())
