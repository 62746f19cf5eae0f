"""The one place that builds objects."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import typer
from chassis.clock import utc_now
from chassis.consumer import Listener
from chassis.encrypted_fields import EncryptedFields
from chassis.encryption import SecretBox
from chassis.errors import ChassisError
from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph
from chassis.ids import derived_id
from chassis.key_commands import mount_key_commands
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys
from chassis.republish import Facts
from chassis.requests import Requests
from chassis.rewrapping import Rewrapping
from chassis.server import Service
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load
from chassis.topics import Topic

from chassis import commands
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
from residents.adapters.stored_revocations import StoredRevocations
from residents.api.context import Edge
from residents.api.edges import edge_routes
from residents.api.schema import build as build_schema
from residents.application.residents import Ports, Residents
from residents.application.rotate_signing_key import EnsureSigningKeys, RotateSigningKey
from residents.command_line.founding import CommandRefused, FoundingOrder, Printed, found_community
from residents.consumers.on_account_disabled import AccountDisabled, on_account_disabled
from residents.domain.errors import ResidentsError
from residents.domain.events import SERVICE_TOPIC, SESSIONS_TOPIC
from residents.domain.facts import account_facts, session_facts
from residents.settings import ResidentsSettings

__all__ = ["CommandRefused", "FoundingOrder"]

_SECRET_BYTES = 32
_INVITATION_SECRET_CHARACTERS = 32
_SESSIONS_RETENTION_DAYS = 1
# An ended session is to be known everywhere within five seconds, a killed worker included.
_RELAY_LEASE_SECONDS = 3.0


@dataclass(frozen=True)
class Built:
    """What api, worker and commands have in common."""

    settings: ResidentsSettings
    store: Store
    accounts: MongoAccounts
    sessions: MongoSessions
    residents: Residents
    ring: KeyRing
    rotate_signing_key: RotateSigningKey
    events: EventPlumbing


def build(settings: ResidentsSettings) -> Built:
    """Build everything that no process can do without; the store need not be there yet."""
    store = Store.connect(
        settings.mongodb_uri.get_secret_value(),
        settings.mongodb_database,
        driver=settings.mongodb_driver,
    )
    wrapping_keys, keyed_hash = settings.wrapping_keys(), settings.lookup_hash()
    box = SecretBox(wrapping_keys)
    names = EncryptedFields(
        PersonKeys(store, wrapping_keys, now=utc_now),
        fields=("display_name",),
        person_key=lambda document: str(document["_id"]),
    )
    key_sets, key_pairs = MongoSigningKeySets(store), Ed25519KeyPairs(box)
    ensure = EnsureSigningKeys(key_sets, key_pairs, derived_id("keys", "signing"), utc_now)
    ring = KeyRing(ensure, now=utc_now)
    accounts, sessions = MongoAccounts(store, codec=names), MongoSessions(store)
    ports = Ports(
        communities=MongoCommunities(store),
        accounts=accounts,
        logins=MongoLogins(store),
        attempts=MongoAttemptCounts(store),
        sessions=sessions,
        passwords=Argon2Passwords(),
        totp=PyotpTotpCodes(box),
        access_tokens=JwtAccessTokens(
            ring, key_pairs, issuer=settings.token_issuer, audience=settings.token_audience
        ),
        invitation_secret=lambda account_id: keyed_hash("invitation", account_id)[
            :_INVITATION_SECRET_CHARACTERS
        ],
        new_secret=lambda: secrets.token_urlsafe(_SECRET_BYTES),
        now=utc_now,
    )
    return Built(
        settings=settings,
        store=store,
        accounts=accounts,
        sessions=sessions,
        residents=Residents(ports),
        ring=ring,
        rotate_signing_key=RotateSigningKey(key_sets, key_pairs, ensure, utc_now),
        events=event_plumbing(settings),
    )


def event_plumbing(settings: ResidentsSettings) -> EventPlumbing:
    """What this service owns of the event path."""
    return EventPlumbing(
        service="residents",
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[
            Topic(SERVICE_TOPIC),
            Topic(SESSIONS_TOPIC, retention_days=_SESSIONS_RETENTION_DAYS, compacted=True),
        ],
        outboxes=OUTBOXES,
        relay_lease_seconds=_RELAY_LEASE_SECONDS,
    )


async def build_api(settings: ResidentsSettings) -> Service:
    """The process that answers."""
    built = build(settings)
    service = Service("residents-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=built.store.ping, stop=built.store.close)
    service.add("signing keys", run=built.ring.run, ready=built.ring.keys)
    add_graph(
        service,
        settings,
        build_schema(introspection=not settings.is_production),
        application=Edge(built.residents, settings.lookup_hash()),
        keys=built.ring,
        revocations=StoredRevocations(built.sessions, now=utc_now),
    )
    service.routes += edge_routes(built.ring.jwks, built.residents.queries)
    return service


async def build_worker(settings: ResidentsSettings) -> Service:
    """The process that publishes events and hears this service's own."""
    built = build(settings)
    consumer = built.events.consumer(built.store, _listeners(built))
    relay = built.events.relay(built.store)
    service = Service("residents-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=built.store.ping, stop=built.store.close)
    service.add("relay", run=relay.run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    return service


def _listeners(built: Built) -> list[Listener[AccountDisabled]]:
    end_sessions = built.residents.end_sessions_of_account
    return [Listener(SERVICE_TOPIC, AccountDisabled, on_account_disabled(end_sessions))]


@asynccontextmanager
async def opened() -> AsyncIterator[Built]:
    """Everything built, and the store closed at the end; for commands."""
    built = build(load(ResidentsSettings))
    try:
        yield built
    finally:
        await built.store.close()


async def create_community(order: FoundingOrder) -> Printed:
    """Found a community with its first secretary. Raises: CommandRefused."""
    async with opened() as built:
        requests = Requests(built.settings.lookup_hash())
        return await found_community(built.residents.create_community, requests, order)


async def rotate_signing_key(*, force: bool) -> str:
    """Let the next key sign. Returns: its id. Raises: CommandRefused."""
    async with opened() as built:
        try:
            return (await built.rotate_signing_key(force=force)).active.id
        except (ResidentsError, ChassisError) as error:
            raise CommandRefused(str(error)) from error


def indexes(settings: ResidentsSettings) -> list[Index]:
    """All that the store must have."""
    return [*INDEXES, *PersonKeys.indexes(), *event_plumbing(settings).indexes()]


def mount_commands(app: typer.Typer) -> None:
    """Add the commands that every service has."""

    @asynccontextmanager
    async def open_events() -> AsyncIterator[commands.OpenEvents]:
        async with opened() as built:
            yield commands.OpenEvents(
                plumbing=built.events,
                store=built.store,
                listens_to=[SERVICE_TOPIC],
                facts=[Facts(built.accounts, account_facts), Facts(built.sessions, session_facts)],
            )

    @asynccontextmanager
    async def open_rewrapping() -> AsyncIterator[Rewrapping]:
        async with opened() as built:
            wrapping = built.settings.wrapping_keys()
            yield Rewrapping(
                built.store,
                wrapping,
                PersonKeys(built.store, wrapping, now=utc_now),
                secrets=(TOTP_SECRETS, PRIVATE_KEYS),
            )

    mount_service_commands(
        app, Processes(ResidentsSettings, build_api, build_worker, build_schema, indexes)
    )
    commands.mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)
