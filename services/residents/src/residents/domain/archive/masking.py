"""What of a person is shown without a reason given."""

_SHOWN_BEFORE = 3
_SHOWN_AFTER = 4
_MOBILE_LENGTH = 11
_SHORTEST_NUMBER = 7


def masked_name(name: str) -> str:
    """The first character alone: "马*"; of a name of one character nothing."""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*"


def masked_phone(phone: str) -> str:
    """The first three and the last four characters: "173****6812"; of a short one the last two."""
    if len(phone) < _SHORTEST_NUMBER:
        return "*" * len(phone)
    if len(phone) < _MOBILE_LENGTH:
        return "*" * (len(phone) - 2) + phone[-2:]
    hidden = len(phone) - _SHOWN_BEFORE - _SHOWN_AFTER
    return phone[:_SHOWN_BEFORE] + "*" * hidden + phone[-_SHOWN_AFTER:]
