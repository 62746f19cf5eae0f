"""Ids and pseudonyms derived from what WeChat says, so that a repeat finds its like."""

from chassis.encryption import LookupHash
from chassis.ids import derived_id

from outreach.domain.comments import ArticlePlace


class DerivedIdentities:
    """Keyed where the thing hashed could be guessed: an openid and a text never show through."""

    def __init__(self, lookup_hash: LookupHash) -> None:
        self._lookup_hash = lookup_hash

    def article_comment(self, community_id: str, app_id: str, place: ArticlePlace) -> str:
        """The id of an article comment."""
        return derived_id(
            "comment",
            "article",
            community_id,
            app_id,
            str(place.message_data_id),
            str(place.index),
            str(place.user_comment_id),
        )

    def message(self, community_id: str, app_id: str, message_id: str) -> str:
        """The id of a message."""
        return derived_id("comment", "message", community_id, app_id, message_id)

    def person(self, app_id: str, openid: str | None, comment_id: str) -> str:
        """The pseudonym of who wrote; of the comment alone where WeChat does not say who."""
        who = f"{app_id} {openid}" if openid else comment_id
        return derived_id("person", self._lookup_hash("wechat_openid", who))

    def commenter(self, community_id: str, person_key: str) -> str:
        """The id of a commenter."""
        return derived_id("commenter", community_id, person_key)

    def text_mark(self, text: str) -> str:
        """A keyed hash of a text."""
        return self._lookup_hash("comment_text", text)
