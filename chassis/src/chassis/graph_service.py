"""What every api that answers the graph is made of, whatever its graph is about."""

from pathlib import Path
from typing import TypeVar

from chassis.clock import Now, utc_now
from chassis.graphql import Schema
from chassis.graphql_endpoint import graphql_routes
from chassis.identity import Authenticator, KeySource, TokenVerifier
from chassis.jwks import JwksCache, JwksFile
from chassis.requests import Requests
from chassis.revocation import KnownRevocations, SessionRevocations
from chassis.server import Service
from chassis.settings import ServiceSettings

F = TypeVar("F")


def add_issuer_keys(
    service: Service, settings: ServiceSettings, stored_at: Path, *, now: Now = utc_now
) -> JwksCache:
    """Let the service know the public keys at JWKS_URL, or those it read there the last time."""
    jwks = JwksCache(settings.jwks_url, JwksFile(stored_at), now=now)
    service.add("jwks", start=jwks.start, run=jwks.run, ready=jwks.ready, stop=jwks.close)
    return jwks


def authenticator_of(
    settings: ServiceSettings,
    keys: KeySource,
    revocations: KnownRevocations,
    *,
    now: Now = utc_now,
) -> Authenticator:
    """Tell who sends a request, at the graph and at edges beside it."""
    verifier = TokenVerifier(
        keys, issuer=settings.token_issuer, audience=settings.token_audience, now=now
    )
    return Authenticator(verifier, revocations, now=now)


def add_graph(
    service: Service,
    settings: ServiceSettings,
    schema: Schema,
    *,
    application: F,
    keys: KeySource,
    revocations: KnownRevocations | None = None,
    now: Now = utc_now,
) -> None:
    """Serve the graph to whoever has a good token of a session that stands, and to strangers.

    Args:
        application: what resolvers find as `info.context.application`.
        keys: whose signatures are believed.
        revocations: how ended sessions are known; by their topic unless given.
    """
    revocations = revocations or SessionRevocations(settings.kafka(), now=now)
    service.add("revocations", run=revocations.run, ready=revocations.ready)
    service.routes += graphql_routes(
        schema,
        application=application,
        authenticator=authenticator_of(settings, keys, revocations, now=now),
        requests=Requests(settings.lookup_hash()),
        graphiql=not settings.is_production,
        read_only=settings.read_only,
    )
