"""What consents need from outside."""

from typing import Protocol

from residents.application.ports import Kept
from residents.domain.privacy.consents import Consents
from residents.domain.privacy.purposes import Purpose


class NothingSaid(Exception):
    """The subject never said anything about the purpose. It never leaves the application."""


class ConsentBooks(Kept[Consents], Protocol):
    """get and change raise NothingSaid."""

    def id_of(self, community_id: str, subject_id: str, purpose: Purpose) -> str:
        """The one book of a subject and a purpose."""
