"""The graph over stores in memory, asked by whomever a test says."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chassis.encryption import KEY_BYTES, LookupHash
from chassis.graphql_context import Context
from chassis.identity import Principal, Role
from chassis.ids import new_id
from chassis.testing import REQUESTS, FrozenClock
from issues.adapters.handling.memory import MemoryHandlingTallies, MemoryKnownAccounts
from issues.adapters.live_issues import LiveIssues
from issues.adapters.memory import MemoryHazardRuleSets, MemoryIntakes, MemoryIssues
from issues.adapters.mongo_hazard_rule_sets import rule_set_id
from issues.adapters.photos.memory import MemoryPhotoFiles, MemoryPhotoPlaces, MemoryPhotos
from issues.adapters.photos.pillow_pictures import PillowPictures
from issues.adapters.public.memory import MemoryFollowers, MemoryTimeline
from issues.api.schema import build
from issues.application.acknowledge_issue import AcknowledgeIssue
from issues.application.confirm_hazard import ConfirmHazard
from issues.application.decline_hazard import DeclineHazard
from issues.application.dismiss_intake import DismissIntake
from issues.application.edit_hazard_rules import EditHazardRules
from issues.application.follow_issue import FollowIssue
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.intake_desk import IntakeDesk
from issues.application.issue_figures import ReadIssueFigures
from issues.application.matters import Matters
from issues.application.open_issue import OpenIssue
from issues.application.photos.create_photo_upload import CreatePhotoUpload
from issues.application.photos.photo_desk import PhotoDesk
from issues.application.photos.photo_links import PhotoLinks
from issues.application.photos.show_photo import ShowPhoto
from issues.application.photos.take_place import TakePlace
from issues.application.photos.upload_photo import UploadPhoto
from issues.application.public.follow_public_issue import FollowPublicIssue
from issues.application.public.public_desk import PublicDesk
from issues.application.public.public_issues import PublicIssues
from issues.application.public.unfollow_public_issue import UnfollowPublicIssue
from issues.application.queries import Queries
from issues.application.remove_hazard_rule import RemoveHazardRule
from issues.application.set_hazard_rule import SetHazardRule
from issues.application.triage_issue import TriageIssue
from issues.bootstrap.handling import use_cases
from issues.derived_ids import follower_id_of, photo_places_id_of
from issues.domain.intake import Intake
from issues.domain.issue import Issue

SCHEMA = build()
CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"


class CountedIntakes(MemoryIntakes):
    """Counts the reads by id."""

    reads = 0

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Intake | None]:
        self.reads += 1
        return await super().get_many(community_id, ids)


class CountedIssues(MemoryIssues):
    """Counts the reads by id."""

    reads = 0

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[Issue | None]:
        self.reads += 1
        return await super().get_many(community_id, ids)


class Api:
    """The schema, asked by somebody of a community."""

    def __init__(self, clock: FrozenClock, community_id: str) -> None:
        self.clock = clock
        self.community_id = community_id
        self.intakes = CountedIntakes()
        self.issues = CountedIssues()
        self.rule_sets = MemoryHazardRuleSets()
        self.accounts = MemoryKnownAccounts()
        self.photos = MemoryPhotos()
        self.followers = MemoryFollowers()
        self.timeline = MemoryTimeline()
        self.files = files = MemoryPhotoFiles()
        links = PhotoLinks(LookupHash(bytes(KEY_BYTES)), "http://photos.test")
        public = PublicIssues(self.issues, self.followers, self.timeline, follower_id_of)
        in_force = HazardRulesInForce(self.rule_sets, rule_set_id)
        edit = EditHazardRules(self.rule_sets, rule_set_id)
        self.matters = Matters(
            intake=IntakeDesk(
                open_issue=OpenIssue(self.intakes, clock),
                dismiss_intake=DismissIntake(self.intakes, clock),
                acknowledge_issue=AcknowledgeIssue(self.issues, clock),
                triage_issue=TriageIssue(self.issues, clock),
                confirm_hazard=ConfirmHazard(self.issues, clock),
                decline_hazard=DeclineHazard(self.issues, clock),
                set_hazard_rule=SetHazardRule(edit),
                remove_hazard_rule=RemoveHazardRule(edit),
                follow_issue=FollowIssue(LiveIssues(self.issues)),
                queries=Queries(self.intakes, self.issues, in_force),
                figures=ReadIssueFigures(self.intakes, self.issues, clock),
            ),
            handling=use_cases(
                self.issues,
                self.accounts,
                self.photos,
                MemoryHandlingTallies(self.issues),
                clock,
            ),
            photos=PhotoDesk(
                create_photo_upload=CreatePhotoUpload(
                    self.photos,
                    self.issues,
                    TakePlace(MemoryPhotoPlaces(), self.photos, photo_places_id_of),
                    clock,
                ),
                upload_photo=UploadPhoto(self.photos, files, PillowPictures(), links, clock),
                show_photo=ShowPhoto(self.photos, files, links, clock),
                links=links,
                photos=self.photos,
            ),
            public=PublicDesk(
                issues=public,
                follow_issue=FollowPublicIssue(public, self.followers, follower_id_of, clock),
                unfollow_issue=UnfollowPublicIssue(public, self.followers, clock),
            ),
            now=clock,
        )

    def context(
        self, *roles: str, account_id: str = CLERK, community_id: str | None = None
    ) -> Context[Matters]:
        principal = Principal(
            account_id=account_id,
            session_id=new_id("session"),
            community_id=community_id or self.community_id,
            roles=tuple(Role(role=role, scope=None) for role in roles),
            client="console",
            expires_at=self.clock() + timedelta(minutes=10),
        )
        return Context(self.matters, principal, requests=REQUESTS)

    async def ask(
        self,
        document: str,
        *roles: str,
        account_id: str = CLERK,
        community_id: str | None = None,
        **variables: object,
    ) -> tuple[Any, list[Any]]:
        """The data and the codes of the errors."""
        result = await SCHEMA.execute(
            document,
            variable_values=variables,
            context_value=self.context(*roles, account_id=account_id, community_id=community_id),
        )
        codes = [(error.extensions or {})["code"] for error in result.errors or []]
        return result.data, codes
