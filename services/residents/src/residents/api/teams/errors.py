"""The named errors of teams as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from residents.domain.teams import errors


@error_type(errors.TeamNotFound, description="No such team in the caller's community.")
class TeamNotFound(UserError):
    """See the domain."""


@error_type(
    errors.TeamDissolved, description="There is no such team yet, or no more, on the day named."
)
class TeamDissolved(UserError):
    """See the domain."""


@error_type(errors.MemberNotFound, description="No such member in the caller's community.")
class MemberNotFound(UserError):
    """See the domain."""


@error_type(
    errors.PersonNotNamed, description="Not exactly one of account, resident and name is given."
)
class PersonNotNamed(UserError):
    """See the domain."""


@error_type(errors.BirthDateImpossible, description="Nobody alive was born on that day.")
class BirthDateImpossible(UserError):
    """See the domain."""


@error_type(errors.TermEndsBeforeItBegins, description="The last day lies before the first.")
class TermEndsBeforeItBegins(UserError):
    """See the domain."""


@error_type(
    errors.MembershipOverlaps, description="The person is in the team on some of these days."
)
class MembershipOverlaps(UserError):
    """See the domain."""


@error_type(
    errors.NotAMemberThen, description="The person is not in the team on all of the days named."
)
class NotAMemberThen(UserError):
    """See the domain."""


@error_type(errors.PostHeldAlready, description="The person holds this post on some of these days.")
class PostHeldAlready(UserError):
    """See the domain."""


@error_type(
    errors.PostHeldLonger, description="A post lasts longer, and the caller may not end it."
)
class PostHeldLonger(UserError):
    """See the domain."""


@error_type(errors.PostNotInTeam, description="Stewards are of the red stewards alone.")
class PostNotInTeam(UserError):
    """See the domain."""


@error_type(errors.StewardWithoutEstates, description="A steward looks after named estates.")
class StewardWithoutEstates(UserError):
    """See the domain."""


@error_type(
    errors.EstatesOnlyForStewards, description="Only a steward's appointment names estates."
)
class EstatesOnlyForStewards(UserError):
    """See the domain."""


@error_type(errors.AppointmentNotFound, description="The member has no such appointment.")
class AppointmentNotFound(UserError):
    """See the domain."""


@error_type(errors.EndOutsideTerm, description="The day does not lie within the term.")
class EndOutsideTerm(UserError):
    """See the domain."""


@error_type(errors.ReasonMissing, description="A reason is empty or longer than 200 characters.")
class ReasonMissing(UserError):
    """See the domain."""


@error_type(errors.TooManyTerms, description="50 terms of a member in one team are kept.")
class TooManyTerms(UserError):
    """See the domain."""


@error_type(errors.HonourNotFound, description="No such honour in the caller's community.")
class HonourNotFound(UserError):
    """See the domain."""


@error_type(errors.DayInFuture, description="What happened is entered when it has happened.")
class DayInFuture(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    TeamNotFound,
    TeamDissolved,
    MemberNotFound,
    PersonNotNamed,
    BirthDateImpossible,
    TermEndsBeforeItBegins,
    MembershipOverlaps,
    NotAMemberThen,
    PostHeldAlready,
    PostHeldLonger,
    PostNotInTeam,
    StewardWithoutEstates,
    EstatesOnlyForStewards,
    AppointmentNotFound,
    EndOutsideTerm,
    ReasonMissing,
    TooManyTerms,
    HonourNotFound,
    DayInFuture,
)
