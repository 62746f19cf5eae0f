"""What a person can be asked to agree to."""

from enum import StrEnum


class Purpose(StrEnum):
    """What data is used for; each purpose is agreed to, and withdrawn, by itself."""

    ACCOUNT = "account"
    HOUSEHOLD_BINDING = "household_binding"
