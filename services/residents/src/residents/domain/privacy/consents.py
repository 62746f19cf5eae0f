"""What a person agreed to, when, how, and when they took it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from residents.domain.events import Event
from residents.domain.privacy.errors import ConsentChangedTooOften, ConsentNotFound
from residents.domain.privacy.events import ConsentWithdrawn
from residents.domain.privacy.purposes import Purpose

RECORDS_KEPT = 100


class ConsentChannel(StrEnum):
    """How somebody said it."""

    ONLINE = "ONLINE"
    WRITTEN = "WRITTEN"
    IN_PERSON = "IN_PERSON"
    PHONE = "PHONE"


class Said(msgspec.Struct, frozen=True):
    """How something was said, and whose account wrote it down."""

    channel: ConsentChannel
    recorded_by: str
    at: datetime


class ConsentRecord(msgspec.Struct, frozen=True):
    """One consent to one version of a policy. It is written once; only its end is added."""

    policy_version: int
    given: Said
    withdrawn: Said | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn is None

    @property
    def last_said_at(self) -> datetime:
        """When the person last said something about it."""
        return self.withdrawn.at if self.withdrawn else self.given.at


class Consents(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one account, or one resident at the counter, said about one purpose.

    Attributes:
        subject_id: the account or the resident.
        records: the oldest first; a record is never removed.
    """

    id: str
    community_id: str
    subject_id: str
    purpose: Purpose
    records: tuple[ConsentRecord, ...] = ()
    version: int = 0

    def give(self, policy_version: int, said: Said) -> tuple["Consents", Sequence[Event]]:
        """Agree to a version; to agree again to what stands changes nothing.

        Raises: ConsentChangedTooOften.
        """
        last = self.records[-1] if self.records else None
        if last is not None and last.stands and last.policy_version == policy_version:
            return self, ()
        if len(self.records) >= RECORDS_KEPT:
            raise ConsentChangedTooOften
        records = (*self.records, ConsentRecord(policy_version, said))
        return msgspec.structs.replace(self, records=records), ()

    def withdraw(self, said: Said) -> tuple["Consents", Sequence[Event]]:
        """Take back everything that stands, of earlier versions too.

        Raises: ConsentNotFound where nothing stands.
        Emits: consent.withdrawn v1.
        """
        if not any(record.stands for record in self.records):
            raise ConsentNotFound
        ended = tuple(
            msgspec.structs.replace(record, withdrawn=said) if record.stands else record
            for record in self.records
        )
        event = ConsentWithdrawn(
            self.community_id, self.subject_id, self.purpose, ended[-1].policy_version, said.at
        )
        return msgspec.structs.replace(self, records=ended), (event,)


def is_given(books: Iterable[Consents], policy_version: int) -> bool:
    """Whether a person's last word on a purpose, said wherever, agrees to this version.

    Where two words bear the same time, the one that takes back counts.
    """
    last_words = [book.records[-1] for book in books if book.records]
    if not last_words:
        return False
    last = max(last_words, key=lambda record: (record.last_said_at, not record.stands))
    return last.stands and last.policy_version == policy_version
