"""The link in a reply by which the person takes the matter over."""

from datetime import datetime, timedelta

import msgspec

LINK_LIFETIME = timedelta(days=30)
INVITATION = "\n凭此链接认领本条留言、查看办理进展（30 天内有效）："
"""Stands between what the staff wrote and the address."""


class JoinLink(msgspec.Struct, frozen=True):
    """A link that is out: who opens it has the code, we have its keyed hash."""

    mark: str
    expires_at: datetime


def joined_text(
    text: str, address: str, *, max_characters: int | None = None, max_bytes: int | None = None
) -> str | None:
    """The words of the staff and the link; None where both together are more than WeChat takes."""
    whole = f"{text}{INVITATION}{address}"
    if max_characters is not None and len(whole) > max_characters:
        return None
    if max_bytes is not None and len(whole.encode()) > max_bytes:
        return None
    return whole
