"""A reward that was earned and cannot be given yet."""

from datetime import datetime

import msgspec


class OwedReward(msgspec.Struct, frozen=True, kw_only=True):
    """Kept until it is given, or no campaign can give it any more.

    Attributes:
        claim_key: derived from the issue, so that one issue is owed one reward.
        account_id: whose it is.
    """

    claim_key: str
    community_id: str
    account_id: str
    issue_id: str
    earned_at: datetime
