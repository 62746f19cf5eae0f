"""Who asks the api."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody with a token."""

    account_id: str
    community_id: str
    headers: dict[str, str]
