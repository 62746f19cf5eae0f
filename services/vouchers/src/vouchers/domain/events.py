"""What this service tells the others; each room declares its own. Fields are facts afterwards."""

from typing import ClassVar

import msgspec

SERVICE_TOPIC = "linli.vouchers.events"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of one community."""

    type: ClassVar[str]
    community_id: str
