"""What this room shows in the graph. People are pseudonyms everywhere but in a contact."""

from datetime import date, datetime

import strawberry
from chassis.graphql import scopes_for

from residents.api.context import Info, actor
from residents.api.privacy.enums import AuditAction, ConsentChannel, ConsentPurpose, RevealReason
from residents.api.types import Role
from residents.application.privacy import consent_reading, reveal_ports
from residents.application.privacy.reveal_contact import Shown
from residents.domain.privacy import chain, consents, policies, reveals


@strawberry.type(description="How to reach a resident, in clear.")
class Contact:
    """See residents.application.privacy.reveal_ports."""

    name: str = strawberry.field(description="The name.")
    phone: str | None = strawberry.field(description="The phone, if one is known.")
    birth_date: date | None = strawberry.field(description="The day of birth, if it is known.")

    @classmethod
    def of(cls, contact: reveal_ports.Contact) -> "Contact":
        """As the graph shows it."""
        return cls(name=contact.name, phone=contact.phone, birth_date=contact.birth_date)


@strawberry.type(description="A contact shown for some minutes, to one account in one session.")
class Reveal:
    """See residents.domain.privacy.reveals."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    resident_id: strawberry.ID = strawberry.field(description="Whose contact.")
    reason: RevealReason = strawberry.field(description="Why it was shown.")
    revealed_at: datetime = strawberry.field(description="When it was asked for.")
    expires_at: datetime = strawberry.field(description="From when on it is hidden again.")
    expired: bool = strawberry.field(description="Whether that is past.")
    contact: Contact | None = strawberry.field(
        description="The contact; null once expired or when the resident is out of reach."
    )

    @classmethod
    def of(cls, shown: Shown) -> "Reveal":
        """As the graph shows it."""
        reveal = shown.reveal
        return cls(
            id=strawberry.ID(reveal.id),
            resident_id=strawberry.ID(reveal.resident_id),
            reason=RevealReason[reveal.reason.name],
            revealed_at=reveal.revealed_at,
            expires_at=reveal.expires_at,
            expired=shown.is_expired,
            contact=Contact.of(shown.contact) if shown.contact else None,
        )


@strawberry.type(description="That somebody saw a contact; never the contact.")
class RevealRecord:
    """See residents.domain.privacy.reveals."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    account_id: strawberry.ID = strawberry.field(description="Who saw it.")
    by_role: Role = strawberry.field(description="The role that allowed it.")
    resident_id: strawberry.ID = strawberry.field(description="Whose contact.")
    reason: RevealReason = strawberry.field(description="Why.")
    revealed_at: datetime = strawberry.field(description="When it was asked for.")
    expires_at: datetime = strawberry.field(description="From when on it was hidden again.")
    reveal: strawberry.Private[reveals.Reveal]

    @strawberry.federation.field(
        description="What was written to justify it; null for a resident's own, and once the "
        "resident is erased.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    def note(self, info: Info) -> str | None:
        """See ReadReveals.note_of."""
        read_reveals = info.context.application.privacy.read_reveals
        return read_reveals.note_of(actor(info), self.reveal)

    @classmethod
    def of(cls, reveal: reveals.Reveal) -> "RevealRecord":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(reveal.id),
            account_id=strawberry.ID(reveal.account_id),
            by_role=Role[reveal.by_role.name],
            resident_id=strawberry.ID(reveal.resident_id),
            reason=RevealReason[reveal.reason.name],
            revealed_at=reveal.revealed_at,
            expires_at=reveal.expires_at,
            reveal=reveal,
        )


@strawberry.type(description="An act, in its place in the community's audit trail.")
class AuditEntry:
    """See residents.domain.privacy.chain."""

    seq: int = strawberry.field(description="Its place, from 1, without a gap.")
    at: datetime = strawberry.field(description="When it was done.")
    actor_account_id: strawberry.ID = strawberry.field(
        description='Whose account did it; "command_line" for an operator.'
    )
    action: AuditAction = strawberry.field(description="What was done.")
    subject: strawberry.ID = strawberry.field(description="Whom or what it is about.")
    purpose: str = strawberry.field(description="Why, as a code.")
    hash: str = strawberry.field(description="The keyed hash of it and of all before it.")
    previous_hash: str = strawberry.field(description='The hash before; "" for the first.')

    @classmethod
    def of(cls, entry: chain.AuditEntry) -> "AuditEntry":
        """As the graph shows it."""
        return cls(
            seq=entry.seq,
            at=entry.at,
            actor_account_id=strawberry.ID(entry.actor_account_id),
            action=AuditAction[entry.action.name],
            subject=strawberry.ID(entry.subject),
            purpose=entry.purpose,
            hash=entry.hash,
            previous_hash=entry.previous_hash,
        )


@strawberry.type(description="What people are told before they agree to a purpose.")
class PrivacyPolicy:
    """See residents.domain.privacy.policies."""

    purpose: ConsentPurpose = strawberry.field(description="What for.")
    version: int = strawberry.field(description="Which text; a newer one asks again.")
    effective_from: date = strawberry.field(description="From which day on it counts.")
    title: str = strawberry.field(description="A few words, zh-CN.")
    text: str = strawberry.field(description="What is collected and why, zh-CN.")

    @classmethod
    def of(cls, policy: policies.Policy) -> "PrivacyPolicy":
        """As the graph shows it."""
        return cls(
            purpose=ConsentPurpose[policy.purpose.name],
            version=policy.version,
            effective_from=policy.effective_from,
            title=policy.title,
            text=policy.text,
        )


@strawberry.type(description="One consent to one version of a policy, and its end.")
class ConsentRecord:
    """See residents.domain.privacy.consents."""

    policy_version: int = strawberry.field(description="Which text was agreed to.")
    channel: ConsentChannel = strawberry.field(description="How it was said.")
    given_at: datetime = strawberry.field(description="When it was said.")
    withdrawn_at: datetime | None = strawberry.field(description="When it was taken back.")
    withdrawn_channel: ConsentChannel | None = strawberry.field(description="How that was said.")

    @classmethod
    def of(cls, record: consents.ConsentRecord) -> "ConsentRecord":
        """As the graph shows it."""
        withdrawn = record.withdrawn
        return cls(
            policy_version=record.policy_version,
            channel=ConsentChannel[record.given.channel.name],
            given_at=record.given.at,
            withdrawn_at=withdrawn.at if withdrawn else None,
            withdrawn_channel=ConsentChannel[withdrawn.channel.name] if withdrawn else None,
        )


@strawberry.type(description="What a person said about one purpose.")
class ConsentStatus:
    """See residents.application.privacy.consent_reading."""

    policy: PrivacyPolicy = strawberry.field(description="The text that counts today.")
    is_given: bool = strawberry.field(description="Whether the last word agrees to it.")
    history: list[ConsentRecord] = strawberry.field(description="Every consent, the oldest first.")

    @classmethod
    def of(cls, status: consent_reading.ConsentStatus) -> "ConsentStatus":
        """As the graph shows it."""
        return cls(
            policy=PrivacyPolicy.of(status.policy),
            is_given=status.is_given,
            history=[ConsentRecord.of(record) for record in status.records],
        )
