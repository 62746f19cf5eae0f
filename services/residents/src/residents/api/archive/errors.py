"""The archive's named errors as the graph shows them."""

import strawberry
from chassis.graphql_errors import UserError, error_type

from residents.domain.archive import errors


@error_type(errors.EstateNotFound, description="No such estate that the caller may see.")
class EstateNotFound(UserError):
    """See the domain."""


@error_type(errors.BuildingNotFound, description="No such building that the caller may see.")
class BuildingNotFound(UserError):
    """See the domain."""


@error_type(errors.HouseholdNotFound, description="No such household that the caller may see.")
class HouseholdNotFound(UserError):
    """See the domain."""


@error_type(errors.ResidentNotFound, description="No such resident that the caller may see.")
class ResidentNotFound(UserError):
    """See the domain."""


@error_type(errors.PersonAlreadyHere, description="The same person lives in the community already.")
class PersonAlreadyHere(UserError):
    """See the domain."""

    resident_id: strawberry.ID | None = strawberry.field(
        description="Who it is; null while somebody else is entering the same person."
    )


@error_type(errors.ResidentMovedOut, description="Who moved out has no home to leave or to change.")
class ResidentMovedOut(UserError):
    """See the domain."""


@error_type(
    errors.MoveBeforeHome,
    description="The day of the move lies before the present home began, or the last one ended.",
)
class MoveBeforeHome(UserError):
    """See the domain."""


@error_type(errors.MoveInFuture, description="A move is entered when it has happened.")
class MoveInFuture(UserError):
    """See the domain."""


@error_type(errors.SameHousehold, description="The person lives in this household already.")
class SameHousehold(UserError):
    """See the domain."""


@error_type(errors.PhoneInvalid, description="Not a telephone number.")
class PhoneInvalid(UserError):
    """See the domain."""


@error_type(errors.BirthDateInvalid, description="No day on which somebody alive was born.")
class BirthDateInvalid(UserError):
    """See the domain."""


@error_type(
    errors.IdentityNumberInvalid,
    description="Not an identity number, or not of somebody with this birth date.",
)
class IdentityNumberInvalid(UserError):
    """See the domain."""


@error_type(errors.RelationInvalid, description="A relation that is too long.")
class RelationInvalid(UserError):
    """See the domain."""


@error_type(errors.TagInvalid, description="A tag that is empty or too long, or one too many.")
class TagInvalid(UserError):
    """See the domain."""


@error_type(errors.HouseholdOccupied, description="Somebody is known to live there.")
class HouseholdOccupied(UserError):
    """See the domain."""


@error_type(errors.BuildingSizeInvalid, description="Floors or units out of what a building has.")
class BuildingSizeInvalid(UserError):
    """See the domain."""


ERRORS = (
    EstateNotFound,
    BuildingNotFound,
    HouseholdNotFound,
    ResidentNotFound,
    PersonAlreadyHere,
    ResidentMovedOut,
    MoveBeforeHome,
    MoveInFuture,
    SameHousehold,
    PhoneInvalid,
    BirthDateInvalid,
    IdentityNumberInvalid,
    RelationInvalid,
    TagInvalid,
    HouseholdOccupied,
    BuildingSizeInvalid,
)
"""Every one."""
