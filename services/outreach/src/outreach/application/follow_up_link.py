"""Draw what follows from a link that was opened."""

from outreach.application.join_commenter import JoinCommenter
from outreach.application.joining_ports import BoundAccounts
from outreach.application.ports import Comments, Identities
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.comments import Comment, CommentSource
from outreach.domain.joining import Joined, JoinedBy


class FollowUpLink:
    """Join the commenter as well, where nobody else can have seen the link.

    A reply to a message is read by one person. One under an article is there for everybody if the
    comment is featured: whoever opens that link has the comment, which they could read anyway, and
    nothing else that its author wrote.
    """

    def __init__(
        self,
        accounts: BoundAccounts,
        comments: Comments,
        identities: Identities,
        join_commenter: JoinCommenter,
    ) -> None:
        self._accounts = accounts
        self._comments = comments
        self._identities = identities
        self._join_commenter = join_commenter

    async def __call__(self, community_id: str, comment_id: str) -> None:
        """Follow up; a repeat changes nothing.

        Raises: CommentNotFound; CommenterNotFound.
        Emits: comment.joined v1.
        """
        comment = await self._comments.get(community_id, comment_id)
        joined = comment.joined
        if joined is None or joined.how is not JoinedBy.LINK:
            return
        account = await self._accounts.find(community_id, joined.account_id)
        if account is not None and not account.may_be_joined(joined.at):
            return
        joined = await self._named(comment, joined, account)
        if comment.source is CommentSource.MESSAGE and comment.join_link is not None:
            commenter_id = self._identities.commenter(community_id, comment.person_key)
            await self._join_commenter(community_id, commenter_id, joined)

    async def _named(
        self, comment: Comment, joined: Joined, account: BoundAccount | None
    ) -> Joined:
        """Name the person if they were verified in the very moment of opening the link."""
        if account is None or not account.is_bound or joined.person_key is not None:
            return joined
        named = account.claim(joined.how, joined.at)
        await self._comments.change(comment.community_id, comment.id, lambda it: it.join(named))
        return named
