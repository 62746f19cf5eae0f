"""What a person said about each purpose, by account or at the counter."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from residents.application.archive.ports import Today
from residents.application.authorisation import demand
from residents.application.logins.ports import BoundAccounts
from residents.application.privacy.consent_ports import ConsentBooks
from residents.application.privacy.reach import Reach
from residents.domain.privacy.consents import ConsentRecord, Consents, is_given
from residents.domain.privacy.permissions import OWN_CONSENTS, READ_CONSENTS
from residents.domain.privacy.policies import Policy, current_policy
from residents.domain.privacy.purposes import Purpose
from residents.domain.roles import Actor


class ConsentStatus(msgspec.Struct, frozen=True):
    """What a person said about one purpose.

    Attributes:
        is_given: whether the last word agrees to the policy as it now stands.
        records: the oldest first.
    """

    policy: Policy
    is_given: bool
    records: tuple[ConsentRecord, ...]


@dataclass(frozen=True)
class PersonSubjects:
    """The names under which one person may have said something: accounts and residents."""

    bound: BoundAccounts

    async def of_account(self, community_id: str, account_id: str) -> list[str]:
        """The account, and the residents that it is verified to be."""
        return [account_id, *await self.bound.resident_ids_of(community_id, account_id)]

    async def of_resident(self, community_id: str, resident_id: str) -> list[str]:
        """The resident, and the accounts that are verified to be theirs."""
        return [resident_id, *await self.bound.accounts_of(community_id, resident_id)]


@dataclass(frozen=True)
class ReadConsents:
    """One's own; for the office those of a resident within reach."""

    books: ConsentBooks
    subjects: PersonSubjects
    reach: Reach
    today: Today

    def policies(self) -> list[Policy]:
        """What anybody may read: the text of each purpose as it counts today."""
        return [current_policy(purpose, self.today()) for purpose in Purpose]

    async def own(self, actor: Actor) -> list[ConsentStatus]:
        """The caller's, for every purpose."""
        demand(actor, OWN_CONSENTS)
        subjects = await self.subjects.of_account(actor.community_id, actor.account_id)
        return await self.of_subjects(actor.community_id, subjects)

    async def of_resident(self, actor: Actor, resident_id: str) -> list[ConsentStatus]:
        """A resident's, for every purpose. Raises: ResidentNotFound."""
        demand(actor, READ_CONSENTS)
        await self.reach.resident(actor, resident_id, READ_CONSENTS)
        subjects = await self.subjects.of_resident(actor.community_id, resident_id)
        return await self.of_subjects(actor.community_id, subjects)

    async def of_subjects(self, community_id: str, subjects: Sequence[str]) -> list[ConsentStatus]:
        """What was said under any of these names."""
        return [await self._status(community_id, subjects, purpose) for purpose in Purpose]

    async def _status(
        self, community_id: str, subjects: Sequence[str], purpose: Purpose
    ) -> ConsentStatus:
        books = await _books(self.books, community_id, subjects, purpose)
        policy = current_policy(purpose, self.today())
        records = sorted(
            (record for book in books for record in book.records),
            key=lambda record: record.given.at,
        )
        return ConsentStatus(policy, is_given(books, policy.version), tuple(records))


@dataclass(frozen=True)
class IsConsentGiven:
    """See `ConsentGiven`."""

    books: ConsentBooks
    subjects: PersonSubjects
    today: Today

    async def __call__(self, community_id: str, subject_id: str, purpose: Purpose) -> bool:
        """See `ConsentGiven`."""
        subjects = (
            await self.subjects.of_resident(community_id, subject_id)
            if subject_id.startswith("resident_")
            else await self.subjects.of_account(community_id, subject_id)
        )
        books = await _books(self.books, community_id, subjects, purpose)
        return is_given(books, current_policy(purpose, self.today()).version)


async def _books(
    books: ConsentBooks, community_id: str, subjects: Sequence[str], purpose: Purpose
) -> list[Consents]:
    ids = [books.id_of(community_id, subject_id, purpose) for subject_id in subjects]
    found = await books.get_many(community_id, ids)
    return [book for book in found if book is not None]
