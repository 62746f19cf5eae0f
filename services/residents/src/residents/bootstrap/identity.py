"""Accounts, staff logins, sessions, tokens."""

import secrets
from dataclasses import dataclass

from chassis.ids import derived_id
from chassis.lease import Lease
from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan

from residents.adapters.argon2_passwords import Argon2Passwords
from residents.adapters.ed25519_key_pairs import PRIVATE_KEYS, Ed25519KeyPairs
from residents.adapters.jwt_access_tokens import JwtAccessTokens
from residents.adapters.key_ring import KeyRing
from residents.adapters.mongo import (
    INDEXES,
    OUTBOXES,
    MongoAccounts,
    MongoAttemptCounts,
    MongoCommunities,
    MongoLogins,
    MongoSessions,
    MongoSigningKeySets,
)
from residents.adapters.pyotp_totp_codes import TOTP_SECRETS, PyotpTotpCodes
from residents.api.edges import edge_routes
from residents.application.ports import EstateRegister
from residents.application.residents import Ports, Residents
from residents.application.rotate_signing_key import EnsureSigningKeys, RotateSigningKey
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
from residents.consumers.on_account_disabled import AccountDisabled, on_account_disabled
from residents.domain.events import SERVICE_TOPIC
from residents.domain.facts import account_facts, session_facts

PLAN = Plan(
    outboxes=OUTBOXES,
    indexes=INDEXES,
    sealed=(TOTP_SECRETS, PRIVATE_KEYS),
)

_SECRET_BYTES = 32
_TERMS_SECONDS = 5.0
_INVITATION_SECRET_CHARACTERS = 32


@dataclass(frozen=True)
class Identity:
    """Built once a process; other rooms use its ports."""

    room: Room[Residents]
    ports: Ports
    accounts: MongoAccounts
    sessions: MongoSessions
    ring: KeyRing
    rotate_signing_key: RotateSigningKey


def build(foundation: Foundation, estates: EstateRegister) -> Identity:
    """Build it; the store need not be there yet.

    Args:
        estates: what a member of staff can be made responsible for.
    """
    settings, store, now = foundation.settings, foundation.store, foundation.now
    key_sets, key_pairs = MongoSigningKeySets(store), Ed25519KeyPairs(foundation.box)
    ensure = EnsureSigningKeys(key_sets, key_pairs, derived_id("keys", "signing"), now)
    ring = KeyRing(ensure, now=now)
    accounts, sessions = foundation.accounts, MongoSessions(store)
    ports = Ports(
        communities=MongoCommunities(store),
        accounts=accounts,
        logins=MongoLogins(store),
        attempts=MongoAttemptCounts(store),
        sessions=sessions,
        passwords=Argon2Passwords(),
        totp=PyotpTotpCodes(foundation.box),
        access_tokens=JwtAccessTokens(
            ring, key_pairs, issuer=settings.token_issuer, audience=settings.token_audience
        ),
        estates=estates,
        invitation_secret=lambda account_id: foundation.keyed_hash("invitation", account_id)[
            :_INVITATION_SECRET_CHARACTERS
        ],
        new_secret=lambda: secrets.token_urlsafe(_SECRET_BYTES),
        now=now,
    )
    residents = Residents(ports)
    terms = Lease(store, "terms-of-roles")
    end_sessions = on_account_disabled(residents.end_sessions_of_account)
    return Identity(
        room=Room(
            use_cases=residents,
            listeners=[Listener(SERVICE_TOPIC, AccountDisabled, end_sessions)],
            background={
                "terms of roles": lambda: terms.run_every(_TERMS_SECONDS, residents.tell_roles)
            },
            routes=edge_routes(ring.jwks, residents.queries),
            facts=[
                Facts(accounts, lambda account: account_facts(account, now())),
                Facts(sessions, session_facts),
            ],
        ),
        ports=ports,
        accounts=accounts,
        sessions=sessions,
        ring=ring,
        rotate_signing_key=RotateSigningKey(key_sets, key_pairs, ensure, now),
    )
