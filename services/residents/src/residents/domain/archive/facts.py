"""What there is to say of households and residents, to somebody who heard nothing yet."""

from residents.domain.archive.events import ArchiveEvent
from residents.domain.archive.places import Household
from residents.domain.archive.residents import Resident


def household_facts(household: Household) -> tuple[ArchiveEvent, ...]:
    """Area and vacancy as they were last said."""
    if household.changed_at is None:
        return ()
    return (household.changed_event(household.changed_at),)


def resident_facts(resident: Resident) -> tuple[ArchiveEvent, ...]:
    """Where they live, or that they moved out."""
    if resident.moved_out_at is not None:
        return (resident.moved_out_event(resident.moved_out_at),)
    return () if resident.verified_at is None else (resident.verified_event(),)
