"""Answer a comment."""

from datetime import datetime

from chassis.requests import Request

from outreach.application.permit import permit
from outreach.application.ports import Comments, Now
from outreach.domain.comments import Comment
from outreach.domain.permissions import Actor, Operation


class ReplyToComment:
    """Note what to answer; the worker brings it to WeChat."""

    def __init__(self, comments: Comments, now: Now) -> None:
        self._comments = comments
        self._now = now

    async def __call__(
        self, actor: Actor, comment_id: str, text: str, *, request: Request
    ) -> Comment:
        """Ask for a reply to be sent.

        Returns: the comment with its reply pending.
        Raises: Forbidden; CommentNotFound; CommentDeleted; ReplyEmpty; ReplyTooLong;
            AlreadyReplied; ReplyUndetermined; ReplyWindowClosed; RequestIdReused.
        """
        permit(actor, Operation.REPLY_TO_COMMENT)
        at = self._now()
        last_wrote_at = await self._last_wrote_at(actor.community_id, comment_id, at)
        return await self._comments.change(
            actor.community_id,
            comment_id,
            lambda comment: comment.request_reply(
                text, by=actor.account_id, at=at, last_wrote_at=last_wrote_at
            ),
            request=request,
        )

    async def _last_wrote_at(
        self, community_id: str, comment_id: str, at: datetime
    ) -> datetime | None:
        comment = await self._comments.get(community_id, comment_id)
        if not comment.may_be_past_reach(at):
            return None
        return await self._comments.last_message_at(community_id, comment.person_key)
