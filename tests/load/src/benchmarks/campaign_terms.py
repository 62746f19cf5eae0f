"""The terms of the campaigns that people claim of: one red packet for each person."""

from datetime import timedelta
from typing import Any

from chassis.clock import utc_now

FACE_VALUE_FEN = 2_000
_MINIMUM_SPEND_FEN = 5_000


def red_packets(title: str, stock: int) -> dict[str, Any]:
    """Return them as the graph takes them; claims are open from now on."""
    now = utc_now()
    return {
        "title": title,
        "funder": {"kind": "COMMITTEE", "name": "社区居委会"},
        "kind": "RED_PACKET",
        "faceValueFen": FACE_VALUE_FEN,
        "minimumSpendFen": _MINIMUM_SPEND_FEN,
        "stock": stock,
        "budgetFen": stock * FACE_VALUE_FEN,
        "perPerson": 1,
        "perHousehold": 1,
        "claimFrom": now.isoformat(),
        "claimUntil": (now + timedelta(days=7)).isoformat(),
        "useUntil": (now + timedelta(days=30)).isoformat(),
    }
