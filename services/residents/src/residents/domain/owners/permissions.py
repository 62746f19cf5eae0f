"""Who may read and change what is known of owners."""

from collections.abc import Container

from residents.domain.owners.periods import Period
from residents.domain.permissions import OFFICE, Permission
from residents.domain.roles import Actor, Role

SCOPED = (Role.STEWARD, Role.CLERK, Role.SECRETARY)
"""The roles that read of every dwelling in the estates they hold for."""

READ_OWNERS = Permission("owner", OFFICE | {Role.STEWARD, Role.RESIDENT})
OWNERSHIP_FIGURES = Permission("Community.ownership", OFFICE)
RECORD_OWNERSHIP = Permission("recordOwnership", OFFICE)
TRANSFER_OWNERSHIP = Permission("transferOwnership", OFFICE)


def may_read_period(
    actor: Actor, period: Period, *, estate_id: str, own_owner_ids: Container[str]
) -> bool:
    """Whether the actor may read who owned a dwelling in a period.

    Staff and stewards within their estates; a resident only what they own, or owned then.
    """
    if actor.reaches(estate_id, *SCOPED):
        return True
    return actor.has(Role.RESIDENT) and any(
        owner_id in own_owner_ids for owner_id in period.holding.owner_ids
    )
