"""What accounts and this room add to the export of a person's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.ports import Accounts
from residents.application.privacy.consent_reading import ReadConsents
from residents.application.privacy.export_ports import DataExports
from residents.application.privacy.ports import PersonRef
from residents.application.privacy.reveal_ports import Reveals
from residents.domain.privacy.consents import ConsentRecord, Said

_PAGE = 100

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class AccountsOfPerson:
    """The accounts that a person works or comes with."""

    accounts: Accounts
    part: str = "accounts"

    async def of(self, person: PersonRef) -> Rows:
        """See `PersonalData.of`."""
        found = await self.accounts.get_many(person.community_id, person.account_ids)
        return [
            {
                "id": account.id,
                "displayName": account.display_name,
                "username": account.username,
                "phone": account.phone,
                "roles": [
                    {"role": grant.role.name, "scope": grant.scope} for grant in account.roles
                ],
                "state": account.state.name,
                "createdAt": account.created_at,
            }
            for account in found
            if account is not None
        ]


@dataclass(frozen=True)
class ConsentsOfPerson:
    """What a person agreed to, under which text."""

    consents: ReadConsents
    part: str = "consents"

    async def of(self, person: PersonRef) -> Rows:
        """See `PersonalData.of`."""
        subjects = [*person.account_ids, *person.resident_ids]
        statuses = await self.consents.of_subjects(person.community_id, subjects)
        return [
            {
                "purpose": status.policy.purpose.name,
                "isGiven": status.is_given,
                "history": [_record(record) for record in status.records],
            }
            for status in statuses
        ]


@dataclass(frozen=True)
class RevealsOfPerson:
    """Who saw the person's contact: by role, not by name."""

    reveals: Reveals
    part: str = "reveals"

    async def of(self, person: PersonRef) -> Rows:
        """See `PersonalData.of`."""
        return [row for each in person.resident_ids for row in await self._of(person, each)]

    async def _of(self, person: PersonRef, resident_id: str) -> Rows:
        rows: list[Mapping[str, object]] = []
        after = None
        while True:
            page = await self.reveals.newest_first(
                person.community_id, resident_id=resident_id, first=_PAGE, after=after
            )
            rows += [
                {
                    "byRole": reveal.by_role.name,
                    "reason": reveal.reason.name,
                    "revealedAt": reveal.revealed_at,
                    "expiresAt": reveal.expires_at,
                }
                for reveal in page.items
            ]
            if not page.has_next_page:
                return rows
            after = page.cursors[-1]


@dataclass(frozen=True)
class ExportsOfPerson:
    """Who took out the person's data before."""

    exports: DataExports
    part: str = "exports"

    async def of(self, person: PersonRef) -> Rows:
        """See `PersonalData.of`."""
        subjects = [*person.account_ids, *person.resident_ids]
        found = [
            export
            for subject in subjects
            for export in await self.exports.of_subject(person.community_id, subject)
        ]
        return [
            {
                "byRole": export.by_role.name if export.by_role else None,
                "requestedAt": export.requested_at,
                "takenAt": export.taken_at,
            }
            for export in found
        ]


def _record(record: ConsentRecord) -> Mapping[str, object]:
    return {
        "policyVersion": record.policy_version,
        "given": _said(record.given),
        "withdrawn": _said(record.withdrawn) if record.withdrawn else None,
    }


def _said(said: Said) -> Mapping[str, object]:
    return {"channel": said.channel.name, "at": said.at}
