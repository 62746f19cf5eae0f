"""The staff and the red teams: who serves, since when, and in which posts."""

from typing import Any

from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan

from residents.adapters.teams.identities import DerivedIdentities
from residents.adapters.teams.mongo_teams import (
    INDEXES,
    OUTBOXES,
    MongoHonours,
    MongoMemberships,
    MongoTeams,
    honour_codec,
    membership_codec,
)
from residents.adapters.teams.people import Bindings, PeopleOfRooms
from residents.application.ports import Accounts
from residents.application.teams.personal_memberships import PersonalMemberships
from residents.application.teams.teams import TeamPorts, TeamsRoom
from residents.bootstrap.archive import ArchiveRoom
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.room import Room
from residents.consumers.memberships_on_team_dissolved import (
    TeamDissolved,
    memberships_on_team_dissolved,
)
from residents.consumers.stewards_on_account_bound import AccountBound, stewards_on_account_bound
from residents.consumers.stewards_on_account_unbound import (
    AccountUnbound,
    stewards_on_account_unbound,
)
from residents.consumers.stewards_on_team_appointed import TeamAppointed, stewards_on_team_appointed
from residents.consumers.stewards_on_team_relieved import TeamRelieved, stewards_on_team_relieved
from residents.domain.events import SERVICE_TOPIC
from residents.domain.teams.membership import membership_facts
from residents.domain.teams.team import team_facts

PLAN = Plan(outboxes=OUTBOXES, indexes=INDEXES)


def build(
    foundation: Foundation, accounts: Accounts, archive: ArchiveRoom, bindings: Bindings
) -> Room[TeamsRoom]:
    """Build it; the store need not be there yet."""
    store, keys = foundation.store, foundation.person_keys
    teams = MongoTeams(store)
    memberships = MongoMemberships(store, codec=membership_codec(keys))
    room = TeamsRoom(
        TeamPorts(
            teams=teams,
            memberships=memberships,
            honours=MongoHonours(store, codec=honour_codec(keys)),
            people=PeopleOfRooms(accounts, archive.reading, bindings, foundation.keyed_hash),
            estates=archive.estate_check,
            identities=DerivedIdentities(),
            now=foundation.now,
        )
    )
    return Room(
        use_cases=room,
        listeners=_listeners(room),
        personal_data=[PersonalMemberships(teams, memberships)],
        facts=[Facts(teams, team_facts), Facts(memberships, membership_facts)],
    )


def _listeners(room: TeamsRoom) -> list[Listener[Any]]:
    roles = room.settle_steward_roles
    return [
        Listener(SERVICE_TOPIC, TeamAppointed, stewards_on_team_appointed(roles)),
        Listener(SERVICE_TOPIC, TeamRelieved, stewards_on_team_relieved(roles)),
        Listener(
            SERVICE_TOPIC, TeamDissolved, memberships_on_team_dissolved(room.end_team_memberships)
        ),
        Listener(SERVICE_TOPIC, AccountBound, stewards_on_account_bound(roles)),
        Listener(SERVICE_TOPIC, AccountUnbound, stewards_on_account_unbound(roles)),
    ]
