"""Take note of who wrote a comment, once it is there."""

from outreach.application.joining_ports import Commenters
from outreach.application.ports import Comments, Identities, Now
from outreach.domain.commenters import meet


class MeetCommenter:
    """Know the commenter from now on; what they write goes to whom they are joined to."""

    def __init__(
        self, commenters: Commenters, comments: Comments, identities: Identities, now: Now
    ) -> None:
        self._commenters = commenters
        self._comments = comments
        self._identities = identities
        self._now = now

    async def __call__(self, community_id: str, comment_id: str) -> None:
        """Meet; a repeat changes nothing.

        Raises: CommentNotFound.
        Emits: comment.joined v1 where the commenter is joined to an account.
        """
        at = self._now()
        comment = await self._comments.get(community_id, comment_id)
        commenter_id = self._identities.commenter(community_id, comment.person_key)
        await self._commenters.add(
            meet(
                commenter_id=commenter_id,
                community_id=community_id,
                person_key=comment.person_key,
                channel_id=comment.channel_id,
                has_openid=comment.openid is not None,
                at=at,
            )
        )
        commenter = await self._commenters.change(
            community_id, commenter_id, lambda it: it.wrote(comment.channel_id, at)
        )
        joined = commenter.joined
        if joined is not None:
            await self._comments.change(community_id, comment_id, lambda it: it.join(joined))
