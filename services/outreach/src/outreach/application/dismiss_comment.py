"""Take note that the staff dismissed a comment."""

from datetime import datetime

from outreach.application.ports import Comments


class DismissComment:
    """Keep why nothing further is done about a comment."""

    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    async def __call__(
        self, community_id: str, comment_id: str, *, intake_id: str, reason: str, at: datetime
    ) -> None:
        """Dismiss; a repeat changes nothing. Raises: CommentNotFound."""
        await self._comments.change(
            community_id,
            comment_id,
            lambda comment: comment.dismiss(intake_id=intake_id, reason=reason, at=at),
        )
