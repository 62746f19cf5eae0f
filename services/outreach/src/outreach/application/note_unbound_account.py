"""A binding of an account is over."""

from datetime import datetime

from outreach.application.joining_ports import BoundAccounts, Commenters
from outreach.domain.bound_accounts import BoundAccount


class NoteUnboundAccount:
    """Join nothing more to an account without a household; what is joined stays joined."""

    def __init__(self, accounts: BoundAccounts, commenters: Commenters) -> None:
        self._accounts = accounts
        self._commenters = commenters

    async def __call__(
        self, community_id: str, account_id: str, *, household_id: str, unbound_at: datetime
    ) -> None:
        """Take note; a repeat changes nothing."""
        await self._accounts.add(BoundAccount(id=account_id, community_id=community_id))
        account = await self._accounts.change(
            community_id, account_id, lambda it: it.unbind(household_id, unbound_at)
        )
        if account.is_bound:
            return
        for commenter in await self._commenters.joined_to(community_id, account_id):
            await self._commenters.change(
                community_id, commenter.id, lambda it: it.part(account_id, unbound_at)
            )
