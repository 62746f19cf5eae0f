"""What can be done with vouchers, on one page."""

from dataclasses import dataclass

from vouchers.application.ports import Now


@dataclass(frozen=True)
class Cards:
    """The use cases and reads behind the graph and the till."""

    now: Now
