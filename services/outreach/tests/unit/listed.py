"""What WeChat lists in the tests of polling."""

from datetime import datetime

from outreach.application.ports import ListedComment

PLACE = (2247483650, 0)


def comment(number: int, text: str, at: datetime, reply: str | None = None) -> ListedComment:
    return ListedComment(
        user_comment_id=number,
        created_at=at,
        content=text,
        openid=f"openid_{number}",
        reply=reply,
    )
