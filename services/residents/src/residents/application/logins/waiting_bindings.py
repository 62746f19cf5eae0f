"""The bindings that wait for somebody to verify them, beside those who are known to live there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from residents.application.authorisation import demand
from residents.application.logins.bindings_in_reach import reaches
from residents.application.logins.ports import ArchivePeople, HouseholdMember
from residents.application.ports import Accounts, Cursor
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding import Binding
from residents.domain.logins.permissions import BINDINGS_TO_VERIFY, VERIFIERS
from residents.domain.roles import Actor


class Candidate(msgspec.Struct, frozen=True):
    """Somebody of the household, and whether what the person gave is the same.

    Attributes:
        name_matches: by keyed hashes; nothing is shown in clear.
        phone_matches: None where either has no phone.
    """

    member: HouseholdMember
    name_matches: bool
    phone_matches: bool | None


class WaitingBinding(msgspec.Struct, frozen=True):
    """A binding that waits, with whose it is and who it could be."""

    account: Account
    binding: Binding
    candidates: tuple[Candidate, ...]


class WaitingBindings(msgspec.Struct, frozen=True):
    """Some of the list."""

    items: list[WaitingBinding]
    cursors: list[Cursor]
    has_next_page: bool


Place = tuple[datetime, str, datetime, str]
"""Where in the list: since when the account waits, its id, then the binding's time and id."""


@dataclass(frozen=True)
class ListWaitingBindings:
    """Account by account, who waits longest first, and in each the oldest first."""

    accounts: Accounts
    archive: ArchivePeople

    async def __call__(self, actor: Actor, *, first: int, after: Place | None) -> WaitingBindings:
        """A page of those that the actor may decide about. Raises: Forbidden."""
        demand(actor, BINDINGS_TO_VERIFY)
        of_account = await self._rest_of_account(actor, after)
        page = await self.accounts.with_waiting_bindings(
            actor.community_id,
            _estates_of(actor),
            first=first,
            after=after[:2] if after else None,
        )
        rows = [*of_account, *(row for account in page.items for row in _rows(actor, account))]
        shown = rows[:first]
        members = await self._members(actor.community_id, [binding for _, binding in shown])
        return WaitingBindings(
            items=[_with_candidates(*row, members) for row in shown],
            cursors=[_place(*row) for row in shown],
            has_next_page=len(rows) > first or page.has_next_page,
        )

    async def _rest_of_account(
        self, actor: Actor, after: Place | None
    ) -> list[tuple[Account, Binding]]:
        """What the last page did not show of the account in which it ended."""
        if after is None:
            return []
        try:
            account = await self.accounts.get(actor.community_id, after[1])
        except AccountNotFound:
            return []
        return [row for row in _rows(actor, account) if _place(*row)[2:] > after[2:]]

    async def _members(
        self, community_id: str, bindings: Sequence[Binding]
    ) -> Mapping[str, Sequence[HouseholdMember]]:
        households = sorted({binding.place.household_id for binding in bindings})
        return await self.archive.members_of(community_id, households) if households else {}


def _estates_of(actor: Actor) -> Sequence[str] | None:
    """The estates that the actor verifies for; None for all."""
    estates: set[str] = set()
    for grant in actor.roles:
        if grant.role in VERIFIERS:
            if grant.scope is None:
                return None
            estates.update(grant.scope)
    return sorted(estates)


def _rows(actor: Actor, account: Account) -> list[tuple[Account, Binding]]:
    waiting = [each for each in account.bindings if each.is_waiting and reaches(actor, each)]
    return [(account, each) for each in sorted(waiting, key=lambda b: (b.requested_at, b.id))]


def _place(account: Account, binding: Binding) -> Place:
    since = account.waiting_since or binding.requested_at
    return since, account.id, binding.requested_at, binding.id


def _with_candidates(
    account: Account, binding: Binding, members: Mapping[str, Sequence[HouseholdMember]]
) -> WaitingBinding:
    household = members.get(binding.place.household_id, ())
    candidates = tuple(_candidate(account, binding, member) for member in household)
    return WaitingBinding(account, binding, candidates)


def _candidate(account: Account, binding: Binding, member: HouseholdMember) -> Candidate:
    can_compare = account.phone_mark is not None and member.masked_phone is not None
    return Candidate(
        member,
        name_matches=binding.name_mark in member.marks,
        phone_matches=account.phone_mark in member.marks if can_compare else None,
    )
