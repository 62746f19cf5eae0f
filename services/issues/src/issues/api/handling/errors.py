"""The named errors of the handling as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from issues.domain.handling import errors


@error_type(errors.IssueNotTriaged, description="It must be triaged first.")
class IssueNotTriaged(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueNotAssigned, description="Nobody is to work on it yet.")
class IssueNotAssigned(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueAlreadyStarted, description="The work is going on.")
class IssueAlreadyStarted(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueNotInProgress, description="Nobody is working on it at present.")
class IssueNotInProgress(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueNotWaiting, description="It waits for nobody.")
class IssueNotWaiting(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueNotResolved, description="It is not resolved yet.")
class IssueNotResolved(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueAlreadyConfirmed, description="It was confirmed before.")
class IssueAlreadyConfirmed(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueClosed, description="It is resolved, confirmed, rejected or a duplicate.")
class IssueClosed(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.IssueNotClosed, description="It is still open.")
class IssueNotClosed(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.ReopenTooLate, description="More than seven days have passed since the confirmation."
)
class ReopenTooLate(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.AssigneesInvalid, description="One to ten accounts, each once.")
class AssigneesInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.AssigneeUnknown, description="One of them is no account that may handle matters."
)
class AssigneeUnknown(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.EscalationNeedsReason, description="A higher level is an escalation, which says why."
)
class EscalationNeedsReason(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.LevelNotHigher,
    description="An issue is handed up; what somebody works on is not handed down.",
)
class LevelNotHigher(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.LevelUnchanged, description="It is at that level already.")
class LevelUnchanged(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.TextInvalid, description="A text is empty or longer than 500 characters.")
class TextInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.TextRevealsPerson, description="A phone, an identity number or a door stands in a text."
)
class TextRevealsPerson(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.PartyInvalid, description="The party has no name, or one over 60 characters.")
class PartyInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.RoundTimeInvalid, description="A round is after the report and not in time to come."
)
class RoundTimeInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.TooManyRounds, description="An issue has at most 100 rounds.")
class TooManyRounds(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.RoundNotFound, description="The issue has no round of this number.")
class RoundNotFound(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.PromiseWithoutDate, description="A promise says by which day.")
class PromiseWithoutDate(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.PromiseBeforeRound, description="A promise is for the day of its round or a later one."
)
class PromiseBeforeRound(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.RoundWithoutPromise, description="Nothing was promised in that round.")
class RoundWithoutPromise(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.PromiseAlreadySettled, description="What became of the promise was recorded before."
)
class PromiseAlreadySettled(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.SettlementTimeInvalid,
    description="A promise is settled after its round and not in time to come.",
)
class SettlementTimeInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.OutcomeContradictsDate, description="Kept is by the day promised, late is after it."
)
class OutcomeContradictsDate(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.WaitInvalid, description="A wait ends after now, and within a year.")
class WaitInvalid(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.TooManyPauses, description="An issue waits at most 100 times.")
class TooManyPauses(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.EvidenceMissing, description="Resolving needs 1 to 20 photos of the issue.")
class EvidenceMissing(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.EvidenceUnknown,
    description="One of the photos is none of this issue, or not taken in yet.",
)
class EvidenceUnknown(UserError):
    """See `domain.handling.errors`."""


@error_type(
    errors.EvidenceNotOfWork,
    description=(
        "One of the photos is not by somebody who works on the issue, is its reporter's, or was "
        "there before the work began."
    ),
)
class EvidenceNotOfWork(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.RatingOutOfRange, description="A rating is 1 to 5.")
class RatingOutOfRange(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.NotTheReporter, description="Only its reporter may do this.")
class NotTheReporter(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.HandlerMayNotRate, description="Who had a part in the work does not rate it.")
class HandlerMayNotRate(UserError):
    """See `domain.handling.errors`."""


@error_type(errors.OriginalUnknown, description="No earlier issue to repeat that goes on.")
class OriginalUnknown(UserError):
    """See `domain.handling.errors`."""


ERRORS: list[type[UserError]] = [
    AssigneeUnknown,
    AssigneesInvalid,
    EscalationNeedsReason,
    EvidenceMissing,
    EvidenceNotOfWork,
    EvidenceUnknown,
    HandlerMayNotRate,
    IssueAlreadyConfirmed,
    IssueAlreadyStarted,
    IssueClosed,
    IssueNotAssigned,
    IssueNotClosed,
    IssueNotInProgress,
    IssueNotResolved,
    IssueNotTriaged,
    IssueNotWaiting,
    LevelNotHigher,
    LevelUnchanged,
    NotTheReporter,
    OriginalUnknown,
    OutcomeContradictsDate,
    PartyInvalid,
    PromiseAlreadySettled,
    PromiseBeforeRound,
    PromiseWithoutDate,
    RatingOutOfRange,
    ReopenTooLate,
    RoundNotFound,
    RoundTimeInvalid,
    RoundWithoutPromise,
    SettlementTimeInvalid,
    TextInvalid,
    TextRevealsPerson,
    TooManyPauses,
    TooManyRounds,
    WaitInvalid,
]
