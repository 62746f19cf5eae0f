"""Join commenters and accounts that are of one WeChat user."""

from outreach.application.join_commenter import JoinCommenter
from outreach.application.joining_ports import BoundAccounts, Commenters
from outreach.application.ports import Now
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.commenters import Commenter


class JoinByUnion:
    """Whichever of the two became known last looks for the other.

    Each is written before it looks, so of two that come at once at least one finds the other. An
    account that is left while this goes on is looked at again at the end.
    """

    def __init__(
        self,
        accounts: BoundAccounts,
        commenters: Commenters,
        join_commenter: JoinCommenter,
        now: Now,
    ) -> None:
        self._accounts = accounts
        self._commenters = commenters
        self._join_commenter = join_commenter
        self._now = now

    async def accounts_of(self, commenter: Commenter) -> None:
        """Look for the account of a commenter. Emits: comment.joined v1."""
        if commenter.union_mark is None:
            return
        for account in await self._accounts.of_union(commenter.community_id, commenter.union_mark):
            if await self._join(account, commenter):
                return

    async def commenters_of(self, account: BoundAccount) -> None:
        """Look for the commenters of an account. Emits: comment.joined v1."""
        if account.union_mark is None:
            return
        for commenter in await self._commenters.of_union(account.community_id, account.union_mark):
            await self._join(account, commenter)

    async def _join(self, account: BoundAccount, commenter: Commenter) -> bool:
        joined = account.by_union(self._now())
        if joined is None:
            return False
        await self._join_commenter(account.community_id, commenter.id, joined)
        now = await self._accounts.find(account.community_id, account.id)
        if now is not None and not now.is_bound:
            await self._commenters.change(
                account.community_id, commenter.id, lambda it: it.part(account.id, joined.at)
            )
        return True
