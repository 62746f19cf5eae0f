"""Residents verified who the person of an account is."""

from datetime import datetime

from outreach.application.join_by_union import JoinByUnion
from outreach.application.joining_ports import BoundAccounts, Commenters
from outreach.application.ports import Comments
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.joining import JoinedBy


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
        sequence: int,
    ) -> None:
        """Take note; a repeat, or an older event, changes nothing.

        Args:
            sequence: of the event among those of the account.
        Emits: comment.joined v1, for what is newly joined or has a pseudonym that is new.
        """
        await self._accounts.add(BoundAccount(id=account_id, community_id=community_id))
        account = await self._accounts.change(
            community_id,
            account_id,
            lambda it: it.bind(
                household_id,
                person_key=person_key,
                union_mark=union_mark,
                at=bound_at,
                sequence=sequence,
            ),
        )
        if not account.is_bound:
            return
        await self._join_by_union.commenters_of(account)
        await self._name(account, bound_at)

    async def _name(self, account: BoundAccount, bound_at: datetime) -> None:
        """Tell whose it is of what was joined before the person was known by this pseudonym."""
        known = account.claim(JoinedBy.LINK, bound_at)
        for commenter in await self._commenters.joined_to(account.community_id, account.id):
            await self._commenters.change(
                account.community_id, commenter.id, lambda it: it.join(known)
            )
        for comment_id in await self._comments.joined_but_not_under(
            account.community_id, account.id, account.person_key
        ):
            await self._comments.change(account.community_id, comment_id, lambda it: it.join(known))
