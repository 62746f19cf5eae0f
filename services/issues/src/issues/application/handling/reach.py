"""Which issues somebody reaches: the staff all of them, others those that they are to work on."""

from collections.abc import Callable, Sequence

from issues.domain.errors import IssueNotFound
from issues.domain.events import Event
from issues.domain.handling.work import is_assigned_to
from issues.domain.issue import Issue
from issues.domain.permissions import Actor, is_staff, may_handle

Transition = Callable[[Issue], tuple[Issue, Sequence[Event]]]


def reaches(actor: Actor, issue: Issue) -> bool:
    """Whether the actor may work on this issue: an assignment outlives the role, reach does not."""
    return is_staff(actor) or (may_handle(actor) and is_assigned_to(issue, actor.account_id))


def within_reach(actor: Actor, transition: Transition) -> Transition:
    """Make a transition that takes an issue out of reach for one that never was.

    Raises, when it is applied: IssueNotFound; what the transition raises.
    """

    def guarded(issue: Issue) -> tuple[Issue, Sequence[Event]]:
        if not reaches(actor, issue):
            raise IssueNotFound
        return transition(issue)

    return guarded
