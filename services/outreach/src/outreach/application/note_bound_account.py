"""Residents verified who the person of an account is."""

from datetime import datetime

from outreach.application.join_by_union import JoinByUnion
from outreach.application.joining_ports import BoundAccounts, Commenters
from outreach.application.ports import Comments
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.joining import Joined, JoinedBy


class NoteBoundAccount:
    """Join what the person wrote before anybody knew who it was."""

    def __init__(
        self,
        accounts: BoundAccounts,
        commenters: Commenters,
        comments: Comments,
        join_by_union: JoinByUnion,
    ) -> None:
        self._accounts = accounts
        self._commenters = commenters
        self._comments = comments
        self._join_by_union = join_by_union

    async def __call__(
        self,
        community_id: str,
        account_id: str,
        *,
        household_id: str,
        person_key: str,
        union_mark: str | None,
        bound_at: datetime,
    ) -> None:
        """Take note; a repeat, or an older binding, changes nothing.

        Emits: comment.joined v1, for what is newly joined or newly has a pseudonym.
        """
        await self._accounts.add(BoundAccount(id=account_id, community_id=community_id))
        account = await self._accounts.change(
            community_id,
            account_id,
            lambda it: it.bind(
                household_id, person_key=person_key, union_mark=union_mark, at=bound_at
            ),
        )
        if not account.is_bound:
            return
        await self._join_by_union.commenters_of(account)
        await self._name(account, bound_at)

    async def _name(self, account: BoundAccount, bound_at: datetime) -> None:
        """Tell whose it is of what was taken over by link before the person was verified."""
        known = Joined(
            account_id=account.id,
            person_key=account.person_key,
            how=JoinedBy.LINK,
            at=bound_at,
        )
        for commenter in await self._commenters.joined_to(account.community_id, account.id):
            await self._commenters.change(
                account.community_id, commenter.id, lambda it: it.join(known)
            )
        for comment_id in await self._comments.joined_to_nobody_known(
            account.community_id, account.id
        ):
            await self._comments.change(account.community_id, comment_id, lambda it: it.join(known))
