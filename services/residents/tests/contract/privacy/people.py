"""Reveals, consents and exports to be kept."""

from datetime import datetime, timedelta

from chassis.testing import FrozenClock
from residents.domain.privacy.consents import ConsentChannel, Said
from residents.domain.privacy.exports import TICKET_LIFETIME, DataExport
from residents.domain.privacy.reveals import Reveal, RevealReason
from residents.domain.roles import Role

from .acts import HERE

NOTE = "燃气报警要联系本人"


def a_reveal(
    number: int, at: datetime, *, community_id: str = HERE, resident_id: str = "resident_1"
) -> Reveal:
    """The reveal of that number, as many minutes later."""
    since = at + timedelta(minutes=number)
    return Reveal(
        id=f"reveal_{community_id}_{number}",
        community_id=community_id,
        account_id="account_clerk",
        session_id="session_1",
        by_role=Role.CLERK,
        resident_id=resident_id,
        person_key=f"person_of_{resident_id}",
        reason=RevealReason.EMERGENCY,
        note=NOTE,
        revealed_at=since,
        expires_at=since + timedelta(minutes=10),
    )


def an_export(
    number: int, at: datetime, *, community_id: str = HERE, resident_id: str | None = "resident_1"
) -> DataExport:
    """The export of that number; without a resident an account's own."""
    since = at + timedelta(minutes=number)
    return DataExport(
        id=f"export_{community_id}_{resident_id}_{number}",
        community_id=community_id,
        account_id="account_secretary",
        by_role=Role.SECRETARY if resident_id else None,
        resident_id=resident_id,
        person_key=f"person_of_{resident_id}" if resident_id else None,
        note=NOTE if resident_id else None,
        requested_at=since,
        expires_at=since + TICKET_LIFETIME,
    )


def said(now: FrozenClock) -> Said:
    """Now, online."""
    return Said(ConsentChannel.ONLINE, "account_1", now())
