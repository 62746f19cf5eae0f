"""What can be asked about privacy."""
# ruff: noqa: A002 - `id` is the word of the graph

from typing import Annotated

import strawberry
from chassis.connections import (
    DEFAULT_FIRST,
    Connection,
    checked_first,
    connection_of,
)
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.paging import After, First, place_by_moment, place_by_number
from residents.api.privacy.enums import AuditAction
from residents.api.privacy.types import (
    AuditEntry,
    ConsentStatus,
    PrivacyPolicy,
    Reveal,
    RevealRecord,
)
from residents.application.privacy.audit_ports import EntryFilter
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.privacy import audit
from residents.domain.privacy.errors import RevealNotFound


@strawberry.type
class PrivacyQueries:
    """The part of Query that is about privacy."""

    @strawberry.federation.field(
        description="A reveal of one's own session, with the contact until it expires. Each "
        "reading is written into the audit trail. Null for any other.",
        authenticated=True,
        requires_scopes=scopes_for("resident", "clerk", "secretary"),
    )
    async def reveal(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The reveal.")],
    ) -> Reveal | None:
        """See RevealContact.read."""
        try:
            shown = await info.context.application.privacy.reveal_contact.read(actor(info), str(id))
        except RevealNotFound:
            return None
        return Reveal.of(shown)

    @strawberry.federation.field(
        description="Who saw whose contact, the newest first; no contact is in it.",
        authenticated=True,
        requires_scopes=scopes_for("secretary", "auditor"),
    )
    async def reveals(
        self,
        info: Info,
        resident_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Those of one resident.")
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[RevealRecord] | None:
        """See ReadReveals."""
        page = await info.context.application.privacy.read_reveals(
            actor(info),
            resident_id=str(resident_id) if resident_id is not None else None,
            first=checked_first(first),
            after=place_by_moment(after),
        )
        return connection_of(page, RevealRecord.of, after=after)

    @strawberry.federation.field(
        description="The community's audit trail, the newest first.",
        authenticated=True,
        requires_scopes=scopes_for("auditor"),
    )
    async def audit_trail(
        self,
        info: Info,
        subject: Annotated[
            strawberry.ID | None, strawberry.argument(description="Whom or what it is about.")
        ] = None,
        actor_account_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Whose account did it.")
        ] = None,
        action: Annotated[
            AuditAction | None, strawberry.argument(description="What was done.")
        ] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[AuditEntry] | None:
        """See ReadTrail."""
        which = EntryFilter(
            subject=str(subject) if subject is not None else None,
            actor_account_id=str(actor_account_id) if actor_account_id is not None else None,
            action=audit.AuditAction[action.name] if action else None,
        )
        page = await info.context.application.privacy.read_trail(
            actor(info), which, first=checked_first(first), after=place_by_number(after)
        )
        return connection_of(page, AuditEntry.of, after=after)

    @strawberry.field(description="What people are told today, a text for each purpose.")
    async def privacy_policies(self, info: Info) -> list[PrivacyPolicy] | None:
        """See ReadConsents.policies."""
        found = info.context.application.privacy.read_consents.policies()
        return [PrivacyPolicy.of(policy) for policy in found]

    @strawberry.federation.field(
        description="What the caller said about each purpose.", authenticated=True
    )
    async def my_consents(self, info: Info) -> list[ConsentStatus] | None:
        """See ReadConsents.own."""
        found = await info.context.application.privacy.read_consents.own(actor(info))
        return [ConsentStatus.of(status) for status in found]

    @strawberry.federation.field(
        description="What a resident said about each purpose; null for an unknown one.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def consents_of(
        self,
        info: Info,
        resident_id: Annotated[strawberry.ID, strawberry.argument(description="The resident.")],
    ) -> list[ConsentStatus] | None:
        """See ReadConsents.of_resident."""
        read_consents = info.context.application.privacy.read_consents
        try:
            found = await read_consents.of_resident(actor(info), str(resident_id))
        except ResidentNotFound:
            return None
        return [ConsentStatus.of(status) for status in found]
