"""What a team is, and what one can be appointed to in it."""

from enum import StrEnum

from residents.domain.teams.errors import (
    EstatesOnlyForStewards,
    PostNotInTeam,
    StewardWithoutEstates,
)


class TeamKind(StrEnum):
    """The community's staff, and the five red teams."""

    STAFF = "staff"
    RED_PROPERTY = "red_property"
    RED_SOCIAL = "red_social"
    RED_VOLUNTEERS = "red_volunteers"
    RED_ALLIANCE = "red_alliance"
    RED_STEWARDS = "red_stewards"


class Post(StrEnum):
    """A post, however it is worded in a team."""

    HEAD = "head"
    DEPUTY = "deputy"
    PARTY_SECRETARY = "party_secretary"
    SUPERVISOR = "supervisor"
    LIAISON = "liaison"
    REPRESENTATIVE = "representative"
    STEWARD = "steward"


def check_post(kind: TeamKind, post: Post, estate_ids: tuple[str, ...]) -> None:
    """A steward is of the red stewards and looks after estates; nobody else does.

    Raises: PostNotInTeam; StewardWithoutEstates; EstatesOnlyForStewards.
    """
    if post is not Post.STEWARD:
        if estate_ids:
            raise EstatesOnlyForStewards
        return
    if kind is not TeamKind.RED_STEWARDS:
        raise PostNotInTeam
    if not estate_ids:
        raise StewardWithoutEstates
