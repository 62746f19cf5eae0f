"""What can be changed."""

from typing import Annotated

import strawberry
from chassis.ids import derived_id

from issues.api.context import SECRETARY, STAFF, Info, actor_of
from issues.api.inputs import (
    AcknowledgeIssueInput,
    ConfirmHazardInput,
    DeclineHazardInput,
    DismissIntakeInput,
    OpenIssueInput,
    RemoveHazardRuleInput,
    SetHazardRuleInput,
    TriageIssueInput,
)
from issues.api.results import (
    AcknowledgeIssueResult,
    AcknowledgeIssueSuccess,
    ConfirmHazardResult,
    ConfirmHazardSuccess,
    DeclineHazardResult,
    DeclineHazardSuccess,
    DismissIntakeResult,
    DismissIntakeSuccess,
    OpenIssueResult,
    OpenIssueSuccess,
    RemoveHazardRuleResult,
    RemoveHazardRuleSuccess,
    SetHazardRuleResult,
    SetHazardRuleSuccess,
    TriageIssueResult,
    TriageIssueSuccess,
)
from issues.api.types import HazardRule, Intake, Issue
from issues.derived_ids import issue_id_of
from issues.domain.decisions import DismissalReason
from issues.domain.handling.triage import TriageDraft
from issues.domain.hazard_rules import HazardRuleDraft
from issues.domain.issue import Level

_WHAT_TO_DO = strawberry.argument(description="What to do.")


@strawberry.type(description="What can be changed.")
class Mutation:
    """Every write."""

    @strawberry.federation.mutation(
        description="Make an issue of an intake; only a hazard goes before the reply.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def open_issue(
        self,
        info: Info,
        input: Annotated[OpenIssueInput, _WHAT_TO_DO],  # noqa: A002
    ) -> OpenIssueResult | None:
        """The issue's id is the intake's, so it is made once whoever asks."""
        issue_id = issue_id_of(input.intake_id)
        intake = await info.context.application.intake.open_issue(
            actor_of(info.context),
            input.intake_id,
            issue_id=issue_id,
            category=input.category,
            hazard=input.hazard,
            public_text=input.public_text,
            request=info.context.request_for(
                input.request_id,
                operation="openIssue",
                intake_id=input.intake_id,
                category=input.category,
                hazard=input.hazard,
                public_text=input.public_text,
            ),
        )
        return OpenIssueSuccess(intake=Intake.of(intake), issue_id=strawberry.ID(issue_id))

    @strawberry.federation.mutation(
        description="Close an intake without an issue.", authenticated=True, requires_scopes=STAFF
    )
    async def dismiss_intake(
        self,
        info: Info,
        input: Annotated[DismissIntakeInput, _WHAT_TO_DO],  # noqa: A002
    ) -> DismissIntakeResult | None:
        """Say why."""
        reason = DismissalReason(str(input.reason.value))
        intake = await info.context.application.intake.dismiss_intake(
            actor_of(info.context),
            input.intake_id,
            reason=reason,
            request=info.context.request_for(
                input.request_id,
                operation="dismissIntake",
                intake_id=input.intake_id,
                reason=reason,
            ),
        )
        return DismissIntakeSuccess(intake=Intake.of(intake))

    @strawberry.federation.mutation(
        description="Take notice of an issue.", authenticated=True, requires_scopes=STAFF
    )
    async def acknowledge_issue(
        self,
        info: Info,
        input: Annotated[AcknowledgeIssueInput, _WHAT_TO_DO],  # noqa: A002
    ) -> AcknowledgeIssueResult | None:
        """Once."""
        issue = await info.context.application.intake.acknowledge_issue(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id, operation="acknowledgeIssue", issue_id=input.issue_id
            ),
        )
        return AcknowledgeIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Say what an issue is about and who can solve it; again, to put it right.",
        authenticated=True,
        requires_scopes=STAFF,
    )
    async def triage_issue(
        self,
        info: Info,
        input: Annotated[TriageIssueInput, _WHAT_TO_DO],  # noqa: A002
    ) -> TriageIssueResult | None:
        """After it was acknowledged."""
        draft = TriageDraft(
            category=input.category,
            level=Level(str(input.level.value)),
            level_reason=input.level_reason,
            public_text=input.public_text,
            place=input.place,
        )
        issue = await info.context.application.intake.triage_issue(
            actor_of(info.context),
            input.issue_id,
            draft,
            request=info.context.request_for(
                input.request_id,
                operation="triageIssue",
                issue_id=input.issue_id,
                draft=draft,
            ),
        )
        return TriageIssueSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Say that there is danger.", authenticated=True, requires_scopes=STAFF
    )
    async def confirm_hazard(
        self,
        info: Info,
        input: Annotated[ConfirmHazardInput, _WHAT_TO_DO],  # noqa: A002
    ) -> ConfirmHazardResult | None:
        """Proposed or not."""
        issue = await info.context.application.intake.confirm_hazard(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id, operation="confirmHazard", issue_id=input.issue_id
            ),
        )
        return ConfirmHazardSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Say that there is no danger.", authenticated=True, requires_scopes=STAFF
    )
    async def decline_hazard(
        self,
        info: Info,
        input: Annotated[DeclineHazardInput, _WHAT_TO_DO],  # noqa: A002
    ) -> DeclineHazardResult | None:
        """Its clock stops."""
        issue = await info.context.application.intake.decline_hazard(
            actor_of(info.context),
            input.issue_id,
            request=info.context.request_for(
                input.request_id, operation="declineHazard", issue_id=input.issue_id
            ),
        )
        return DeclineHazardSuccess(issue=Issue.of(issue))

    @strawberry.federation.mutation(
        description="Add a hazard rule, or put another in its place.",
        authenticated=True,
        requires_scopes=SECRETARY,
    )
    async def set_hazard_rule(
        self,
        info: Info,
        input: Annotated[SetHazardRuleInput, _WHAT_TO_DO],  # noqa: A002
    ) -> SetHazardRuleResult | None:
        """A new rule's id is derived from who asks and the request."""
        actor = actor_of(info.context)
        draft = HazardRuleDraft(
            name=input.name,
            words=tuple(input.words),
            place_words=tuple(input.place_words),
            category=input.category,
        )
        rule = await info.context.application.intake.set_hazard_rule(
            actor,
            draft,
            rule_id=input.rule_id,
            new_rule_id=derived_id("rule", actor.account_id, input.request_id),
            request=info.context.request_for(
                input.request_id, operation="setHazardRule", rule_id=input.rule_id, draft=draft
            ),
        )
        return SetHazardRuleSuccess(rule=HazardRule.of(rule))

    @strawberry.federation.mutation(
        description="Take a hazard rule away.", authenticated=True, requires_scopes=SECRETARY
    )
    async def remove_hazard_rule(
        self,
        info: Info,
        input: Annotated[RemoveHazardRuleInput, _WHAT_TO_DO],  # noqa: A002
    ) -> RemoveHazardRuleResult | None:
        """The others stay."""
        await info.context.application.intake.remove_hazard_rule(
            actor_of(info.context),
            input.rule_id,
            request=info.context.request_for(
                input.request_id, operation="removeHazardRule", rule_id=input.rule_id
            ),
        )
        return RemoveHazardRuleSuccess(rule_id=input.rule_id)
