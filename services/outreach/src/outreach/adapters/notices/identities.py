"""Ids of notices, derived from what they stand for."""

from chassis.encryption import LookupHash
from chassis.ids import derived_id

from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.kinds import Template


class DerivedNoticeIdentities:
    """Keyed where the thing hashed could be guessed: an openid never shows through.

    Args:
        app_id: of the mini-program, of which the openids are; None where there is none.
    """

    def __init__(self, lookup_hash: LookupHash, app_id: str | None) -> None:
        self._lookup_hash = lookup_hash
        self._app_id = app_id or ""

    def step(self, happening: Happening) -> str:
        """By subject, kind and moment, not by the event: told again, a fact has another."""
        return derived_id(
            "step",
            happening.subject_id,
            happening.words.kind.value,
            happening.happened_at.isoformat(),
            happening.detail,
        )

    def following(self, issue_id: str, account_id: str) -> str:
        """The id of an account's following an issue."""
        return derived_id("following", issue_id, account_id)

    def notification(self, step_id: str, account_id: str) -> str:
        """The id of a notice."""
        return derived_id("notification", step_id, account_id)

    def grant(self, account_id: str, request_id: str, template: Template) -> str:
        """The id of a permission."""
        return derived_id("grant", account_id, request_id, template.value)

    def wechat_user(self, community_id: str, openid: str) -> str:
        """The id of whoever the mini-program knows by this openid."""
        mark = self._lookup_hash("wechat_openid", f"{self._app_id} {openid}")
        return derived_id("wechat_user", community_id, mark)
