"""Add to a reply the link by which the person takes the matter over."""

from datetime import datetime

import msgspec

from outreach.application.joining_ports import Commenters, JoinLinks
from outreach.application.ports import Identities
from outreach.domain.comments import Comment, CommentSource
from outreach.domain.join_links import LINK_LIFETIME, JoinLink, joined_text
from outreach.domain.replies import MESSAGE_MAX_BYTES, REPLY_MAX_LENGTH


class Invitation(msgspec.Struct, frozen=True):
    """A reply with its link: the text to send, and what is kept of the link."""

    text: str
    link: JoinLink


class InviteToJoin:
    """Only where nothing better is known of who wrote: a unionid needs no link."""

    def __init__(
        self, commenters: Commenters, identities: Identities, join_links: JoinLinks
    ) -> None:
        self._commenters = commenters
        self._identities = identities
        self._join_links = join_links

    async def __call__(self, comment: Comment, at: datetime) -> Invitation | None:
        """Make an invitation, another with each attempt to send: its code is kept nowhere.

        Returns: None where there is no need for one, no address for it, or no room: the words of
            the staff come first.
        """
        text = comment.reply.text if comment.reply else None
        if text is None or comment.joined is not None or await self._is_known(comment):
            return None
        new = self._join_links.new()
        if new is None:
            return None
        of_article = comment.source is CommentSource.ARTICLE
        whole = joined_text(
            text,
            new.address,
            max_characters=REPLY_MAX_LENGTH if of_article else None,
            max_bytes=None if of_article else MESSAGE_MAX_BYTES,
        )
        if whole is None:
            return None
        return Invitation(whole, JoinLink(new.mark, at + LINK_LIFETIME))

    async def _is_known(self, comment: Comment) -> bool:
        commenter = await self._commenters.find(
            comment.community_id,
            self._identities.commenter(comment.community_id, comment.person_key),
        )
        if commenter is None:
            return False
        return commenter.union_mark is not None or commenter.joined is not None
