"""Take note that an issue was made of a comment."""

from datetime import datetime

from outreach.application.ports import Comments


class LinkComment:
    """Keep the way from a comment to its issue."""

    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    async def __call__(
        self, community_id: str, comment_id: str, *, intake_id: str, issue_id: str, at: datetime
    ) -> None:
        """Link; a repeat changes nothing. Raises: CommentNotFound."""
        await self._comments.change(
            community_id,
            comment_id,
            lambda comment: comment.link(intake_id=intake_id, issue_id=issue_id, at=at),
        )
