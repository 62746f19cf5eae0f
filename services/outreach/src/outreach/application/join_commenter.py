"""Join a commenter to an account, and with them all that they wrote."""

from outreach.application.joining_ports import Commenters
from outreach.application.ports import Comments
from outreach.domain.joining import Joined


class JoinCommenter:
    """The commenter first, then each comment: whatever comes in between finds the commenter joined.

    Done again after a crash, it goes on where it was.
    """

    def __init__(self, commenters: Commenters, comments: Comments) -> None:
        self._commenters = commenters
        self._comments = comments

    async def __call__(self, community_id: str, commenter_id: str, joined: Joined) -> None:
        """Join.

        Raises: CommenterNotFound.
        Emits: comment.joined v1, for each comment that was not joined to this account yet.
        """
        commenter = await self._commenters.change(
            community_id, commenter_id, lambda it: it.join(joined)
        )
        stands = commenter.joined
        if stands is None or stands.account_id != joined.account_id:
            return
        for comment in await self._comments.of_person(community_id, commenter.person_key):
            if comment.account_id != stands.account_id:
                await self._comments.change(community_id, comment.id, lambda it: it.join(stands))
