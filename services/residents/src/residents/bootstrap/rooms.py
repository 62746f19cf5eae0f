"""Every room of this service, each built from the foundation and the rooms below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chassis.clock import Now, utc_now
from chassis.rooms import Plan

from residents.application.logins.logins import LoginsRoom
from residents.application.merchants.merchant_clients import MerchantClientsRoom
from residents.application.privacy.privacy import Privacy
from residents.application.teams.teams import TeamsRoom
from residents.bootstrap import (
    archive,
    identity,
    imports,
    logins,
    merchants,
    owners,
    privacy,
    teams,
)
from residents.bootstrap.archive import ArchiveRoom
from residents.bootstrap.bound_accounts import bound_accounts
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.identity import Identity
from residents.bootstrap.imports import ImportsRoom
from residents.bootstrap.owners import Owners
from residents.bootstrap.room import Room
from residents.domain.imports.batch import Kind
from residents.settings import ResidentsSettings

if TYPE_CHECKING:
    from residents.api.context import Edge

PLANS: Sequence[Plan] = (
    identity.PLAN,
    privacy.PLAN,
    archive.PLAN,
    logins.PLAN,
    imports.PLAN,
    owners.PLAN,
    teams.PLAN,
    merchants.PLAN,
)


@dataclass(frozen=True)
class Rooms:
    """What api, worker and commands have in common."""

    foundation: Foundation
    identity: Identity
    archive: ArchiveRoom
    imports: ImportsRoom
    owners: Owners
    privacy: Room[Privacy]
    logins: Room[LoginsRoom]
    teams: Room[TeamsRoom]
    merchants: Room[MerchantClientsRoom]

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""
        return (
            self.identity.room,
            self.archive.room,
            self.logins,
            self.imports.room,
            self.owners.room,
            self.teams,
            self.merchants,
            self.privacy,
        )

    @property
    def edge(self) -> "Edge":
        """What the graph calls."""
        from residents.api.context import Edge

        return Edge(
            residents=self.identity.room.use_cases,
            archive=self.archive.room.use_cases,
            imports=self.imports.room.use_cases,
            owners=self.owners.room.use_cases,
            logins=self.logins.use_cases,
            teams=self.teams.use_cases,
            merchants=self.merchants.use_cases,
            privacy=self.privacy.use_cases,
            keyed_hash=self.foundation.keyed_hash,
        )


def build(settings: ResidentsSettings, now: Now = utc_now) -> Rooms:
    """Build everything; the store need not be there yet."""
    return build_on(Foundation.laid(settings, now))


def build_on(foundation: Foundation) -> Rooms:
    """Build everything on what is there already, such as a store that a test listens to."""
    bound = bound_accounts(foundation)
    archive_room = archive.build(foundation, bound)
    audit = privacy.audit_trail(foundation)
    identity_room = identity.build(foundation, archive_room.estate_check)
    owners_room = owners.build(foundation, archive_room, bound)
    imports_room = imports.build(
        foundation, archive_room, audit, {Kind.OWNERS_REGISTER: owners_room.kind}
    )
    teams_room = teams.build(foundation, identity_room.accounts, archive_room, bound)
    logins_room = logins.build(foundation, identity_room, archive_room, audit)
    below: Sequence[Room[Any]] = (
        identity_room.room,
        archive_room.room,
        imports_room.room,
        owners_room.room,
        teams_room,
        logins_room,
    )
    return Rooms(
        foundation=foundation,
        identity=identity_room,
        archive=archive_room,
        imports=imports_room,
        owners=owners_room,
        privacy=privacy.build(
            foundation,
            trail=audit,
            accounts=identity_room.accounts,
            archive=archive_room.reading,
            bound=bound,
            personal_data=[part for room in below for part in room.personal_data],
        ),
        logins=logins_room,
        teams=teams_room,
        merchants=merchants.build(foundation, identity_room),
    )
