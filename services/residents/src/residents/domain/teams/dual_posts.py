"""双向进入·交叉任职: the same person holds posts in two teams or more at once."""

from collections.abc import Sequence
from datetime import date

import msgspec

from residents.domain.teams.appointment import Appointment
from residents.domain.teams.membership import Membership

_TEAMS_AT_LEAST = 2


class DualPosts(msgspec.Struct, frozen=True):
    """One person's posts on a day, in the teams in which they are held."""

    person_id: str
    posts: tuple[tuple[Membership, tuple[Appointment, ...]], ...]


def dual_posts(memberships: Sequence[Membership], on: date) -> DualPosts | None:
    """What one person holds on that day; None where it is in fewer than two teams.

    Args:
        memberships: all of one person's.
    """
    held = tuple((each, each.posts_on(on)) for each in memberships if each.posts_on(on))
    if len(held) < _TEAMS_AT_LEAST:
        return None
    return DualPosts(memberships[0].person_id, held)
