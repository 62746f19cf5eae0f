"""The room where issues are worked on: assignment, rounds, waits, proof, the reporter's word."""

from dataclasses import dataclass

from chassis.lease import Lease
from chassis.listening import Listener
from chassis.rooms import Plan, Room

from issues.adapters.handling.known_accounts import StoredKnownAccounts
from issues.adapters.handling.mongo_handling_tallies import MongoHandlingTallies
from issues.adapters.prometheus_failures import PrometheusFailures
from issues.application.evidence_ports import Photos
from issues.application.handling.assign_issue import AssignIssue
from issues.application.handling.assigned_issues import AssignedIssues
from issues.application.handling.confirm_issue import ConfirmIssue
from issues.application.handling.confirm_issue_on_behalf import ConfirmIssueOnBehalf
from issues.application.handling.escalate_issue import EscalateIssue
from issues.application.handling.handling import Handling
from issues.application.handling.handling_figures import ReadHandlingFigures
from issues.application.handling.learn_account import LearnAccount
from issues.application.handling.mark_duplicate import MarkDuplicate
from issues.application.handling.ports import HandlingTallies, KnownAccounts
from issues.application.handling.record_round import RecordRound
from issues.application.handling.reject_issue import RejectIssue
from issues.application.handling.reopen_issue import ReopenIssue
from issues.application.handling.resolve_issue import ResolveIssue
from issues.application.handling.resume_issue import ResumeIssue
from issues.application.handling.settle_promise import SettlePromise
from issues.application.handling.start_issue import StartIssue
from issues.application.handling.sweep_clocks import SweepClocks
from issues.application.handling.wait_for_party import WaitForParty
from issues.application.ports import Issues, Now
from issues.bootstrap.foundation import Foundation
from issues.consumers.on_account_roles_changed import (
    RESIDENTS_TOPIC,
    AccountRolesChanged,
    on_account_roles_changed,
)

PLAN = Plan()


@dataclass(frozen=True)
class HandlingRoom:
    """What the commands need of it, beside the room."""

    room: Room[Handling]
    sweep_clocks: SweepClocks


def build(foundation: Foundation, photos: Photos) -> HandlingRoom:
    """Build the room."""
    accounts = StoredKnownAccounts(foundation.store)
    sweep_clocks = SweepClocks(foundation.issues, PrometheusFailures(), foundation.now)
    sweeping = Lease(foundation.store, "clock-sweep")

    async def sweep() -> None:
        await sweep_clocks()

    async def keep_sweeping() -> None:
        await sweeping.run_every(foundation.settings.clock_sweep_seconds, sweep)

    room = Room(
        use_cases=use_cases(
            foundation.issues,
            accounts,
            photos,
            MongoHandlingTallies(foundation.issues),
            foundation.now,
        ),
        listeners=(
            Listener(
                RESIDENTS_TOPIC,
                AccountRolesChanged,
                on_account_roles_changed(LearnAccount(accounts)),
            ),
        ),
        background={"clock sweep": keep_sweeping},
    )
    return HandlingRoom(room, sweep_clocks)


def use_cases(
    issues: Issues, accounts: KnownAccounts, photos: Photos, tallies: HandlingTallies, now: Now
) -> Handling:
    """Build the facade over any stores."""
    return Handling(
        assign_issue=AssignIssue(issues, accounts, now),
        start_issue=StartIssue(issues, now),
        record_round=RecordRound(issues, now),
        settle_promise=SettlePromise(issues, now),
        wait_for_party=WaitForParty(issues, now),
        resume_issue=ResumeIssue(issues, now),
        escalate_issue=EscalateIssue(issues, now),
        resolve_issue=ResolveIssue(issues, photos, now),
        confirm_issue=ConfirmIssue(issues, now),
        confirm_issue_on_behalf=ConfirmIssueOnBehalf(issues, now),
        reopen_issue=ReopenIssue(issues, now),
        reject_issue=RejectIssue(issues, now),
        mark_duplicate=MarkDuplicate(issues, now),
        assigned_issues=AssignedIssues(issues),
        figures=ReadHandlingFigures(tallies, now),
    )
