"""A channel: a way by which the community speaks and is spoken to."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from outreach.domain.errors import ChannelArchived, NameInvalid, OfficialAccountInvalid
from outreach.domain.events import Event
from outreach.domain.typed_text import typed_text

NAME_MAX_LENGTH = 60
_APP_ID = re.compile(r"wx[0-9a-zA-Z]{16}", re.ASCII)
_APP_SECRET = re.compile(r"[0-9a-zA-Z]{16,64}", re.ASCII)
_CALLBACK_TOKEN = re.compile(r"[0-9a-zA-Z]{3,32}", re.ASCII)
_ENCODING_AES_KEY = re.compile(r"[0-9a-zA-Z]{43}", re.ASCII)
_ORIGINAL_ID = re.compile(r"gh_[0-9a-zA-Z_]{1,40}", re.ASCII)


class ChannelKind(StrEnum):
    """What sort of channel it is."""

    OFFICIAL_ACCOUNT = "official_account"
    VIDEO_ACCOUNT = "video_account"
    GROUP = "group"


class ChannelState(StrEnum):
    """Whether a channel is in use."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class OfficialAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What WeChat gave the community for one official account.

    Attributes:
        app_id: WeChat's public name for it.
        original_id: `gh_…`, the name messages are addressed to.
        app_secret: buys access tokens; sealed at rest.
        callback_token: signs callbacks; sealed at rest.
        encoding_aes_key: 43 characters, decrypts callbacks; sealed at rest.
    """

    app_id: str
    original_id: str
    app_secret: str
    callback_token: str
    encoding_aes_key: str

    def __post_init__(self) -> None:
        """Refuse what WeChat could not have given."""
        forms = (
            (_APP_ID, self.app_id),
            (_ORIGINAL_ID, self.original_id),
            (_APP_SECRET, self.app_secret),
            (_CALLBACK_TOKEN, self.callback_token),
            (_ENCODING_AES_KEY, self.encoding_aes_key),
        )
        if not all(form.fullmatch(value) for form, value in forms):
            raise OfficialAccountInvalid

    def __repr__(self) -> str:
        """Name the account and none of its secrets."""
        return f"OfficialAccount(app_id={self.app_id!r})"


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One channel of one community.

    Attributes:
        registration: how many channels of the same account were archived before this one.
    """

    id: str
    community_id: str
    version: int = 0
    kind: ChannelKind
    name: str
    state: ChannelState = ChannelState.ACTIVE
    official_account: OfficialAccount | None = None
    registration: int = 0
    registered_at: datetime
    registered_by: str
    archived_at: datetime | None = None

    @staticmethod
    def register(
        *,
        channel_id: str,
        community_id: str,
        kind: ChannelKind,
        name: str,
        official_account: OfficialAccount | None,
        at: datetime,
        by: str,
    ) -> "Channel":
        """A new active channel. Raises: NameInvalid; OfficialAccountInvalid."""
        name = typed_text(name)
        if not 0 < len(name) <= NAME_MAX_LENGTH:
            raise NameInvalid
        if (official_account is not None) != (kind is ChannelKind.OFFICIAL_ACCOUNT):
            raise OfficialAccountInvalid
        return Channel(
            id=channel_id,
            community_id=community_id,
            kind=kind,
            name=name,
            official_account=official_account,
            registered_at=at,
            registered_by=by,
        )

    def archive(self, at: datetime) -> "tuple[Channel, Sequence[Event]]":
        """Take it out of use. Raises: ChannelArchived."""
        if self.state is ChannelState.ARCHIVED:
            raise ChannelArchived
        archived = msgspec.structs.replace(self, state=ChannelState.ARCHIVED, archived_at=at)
        return archived, []
