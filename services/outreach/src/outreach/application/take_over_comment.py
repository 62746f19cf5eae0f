"""Take a matter over by the link in its reply."""

from chassis.requests import Request

from outreach.application.joining_ports import BoundAccounts, JoinLinks
from outreach.application.permit import permit
from outreach.application.ports import Comments, Now
from outreach.domain.comments import Comment
from outreach.domain.errors import JoinCodeInvalid
from outreach.domain.joining import Joined, JoinedBy
from outreach.domain.permissions import Actor, Operation


class TakeOverComment:
    """The first who opens the link has the comment, whether residents verified them or not.

    There is nothing to count attempts for: a code is one of 2^128.
    """

    def __init__(
        self, accounts: BoundAccounts, comments: Comments, join_links: JoinLinks, now: Now
    ) -> None:
        self._accounts = accounts
        self._comments = comments
        self._join_links = join_links
        self._now = now

    async def __call__(self, actor: Actor, code: str, *, request: Request) -> Comment:
        """Join the comment to the actor's account.

        Returns: the comment; as it is for who has it already.
        Raises: Forbidden; JoinCodeInvalid; RequestIdReused.
        Emits: comment.joined v1.
        """
        permit(actor, Operation.TAKE_OVER_COMMENT)
        mark = self._join_links.mark_of(code)
        found = await self._comments.of_join_mark(actor.community_id, mark)
        if found is None:
            raise JoinCodeInvalid
        account = await self._accounts.find(actor.community_id, actor.account_id)
        if account is not None and account.is_bound:
            joined = account.claim(JoinedBy.LINK, self._now())
        else:
            joined = Joined(
                account_id=actor.account_id, person_key=None, how=JoinedBy.LINK, at=self._now()
            )
        return await self._comments.change(
            actor.community_id,
            found.id,
            lambda comment: comment.take_over(joined, mark=mark),
            request=request,
        )
