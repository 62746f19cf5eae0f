"""How far an actor reaches into the archive."""

from residents.domain.archive.places import Household
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor, Role


def reads_estate(actor: Actor, estate_id: str) -> bool:
    """Whether the actor works with the people of an estate: its steward, or the office."""
    return actor.reaches(estate_id, Role.STEWARD, Role.CLERK, Role.SECRETARY)


def governs_estate(actor: Actor, estate_id: str) -> bool:
    """Whether the actor keeps the books of an estate: the office alone."""
    return actor.reaches(estate_id, Role.CLERK, Role.SECRETARY)


def reads_resident(actor: Actor, resident: Resident) -> bool:
    """Whether the actor works with this person; who moved out is the office's alone."""
    if resident.home is not None:
        return reads_estate(actor, resident.home.estate_id)
    return governs_resident(actor, resident)


def governs_resident(actor: Actor, resident: Resident) -> bool:
    """Whether the actor keeps the books of this person, by their home or their last one.

    Who never had one here is of no estate: the whole community's office reaches them.
    """
    place = resident.home or (resident.history[-1] if resident.history else None)
    if place is None:
        return actor.holds_for_all(Role.CLERK, Role.SECRETARY)
    return governs_estate(actor, place.estate_id)


def reads_household(actor: Actor, household: Household) -> bool:
    """Whether the actor works with the people of a household."""
    return reads_estate(actor, household.estate_id)
