"""The words that teams have in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="What a team is.")
class TeamKind(Enum):
    """See residents.domain.teams.posts."""

    STAFF = strawberry.enum_value("staff", description="Who works in the community's office.")
    RED_PROPERTY = strawberry.enum_value(
        "red_property", description="红色物业: with the property firm."
    )
    RED_SOCIAL = strawberry.enum_value(
        "red_social", description="红色社团: choirs, dancers and more."
    )
    RED_VOLUNTEERS = strawberry.enum_value("red_volunteers", description="红色志愿者: volunteers.")
    RED_ALLIANCE = strawberry.enum_value(
        "red_alliance", description="红色联盟: units of the neighbourhood."
    )
    RED_STEWARDS = strawberry.enum_value(
        "red_stewards", description="红色管家: stewards of estates."
    )


@strawberry.enum(description="A post in a team, however the team words it.")
class TeamPost(Enum):
    """See residents.domain.teams.posts."""

    HEAD = strawberry.enum_value("head", description="Leads the team.")
    DEPUTY = strawberry.enum_value("deputy", description="Stands in for its head.")
    PARTY_SECRETARY = strawberry.enum_value(
        "party_secretary", description="Leads its Party branch, or is a deputy of that."
    )
    SUPERVISOR = strawberry.enum_value("supervisor", description="Watches over its work.")
    LIAISON = strawberry.enum_value("liaison", description="Keeps it in touch with another.")
    REPRESENTATIVE = strawberry.enum_value(
        "representative", description="Speaks in it for a unit or firm."
    )
    STEWARD = strawberry.enum_value(
        "steward", description="Looks after estates; of the red stewards alone."
    )
