"""What the audit trail of a community says: who did what to whom, for what, in pseudonyms only."""

import re
from datetime import datetime
from enum import StrEnum

import msgspec

_PSEUDONYM = re.compile(r"[a-z][a-z_]*_[0-9a-z]{1,64}")
_SOURCE = re.compile(r"[a-z][a-z_]*_[0-9a-z]{1,64}(:[a-z0-9_]{1,40})*")
_PURPOSE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


class AuditAction(StrEnum):
    """What is written down before it is done."""

    REVEAL = "reveal"
    REVEAL_SHOWN = "reveal_shown"
    EXPORT = "export"
    IMPORT_RECEIVED = "import_received"
    IMPORT_ACCEPTED = "import_accepted"
    IMPORT_APPLIED = "import_applied"
    CREDENTIALS_RESET_REQUESTED = "credentials_reset_requested"
    CREDENTIALS_RESET_APPROVED = "credentials_reset_approved"
    CREDENTIALS_RESET = "credentials_reset"


class AuditAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act to be written down; ids and codes, never a word that somebody typed.

    Attributes:
        actor_account_id: an account, or "command_line" for an operator.
        subject: whom or what it is about: the id of a resident, an account, a batch.
        purpose: a code such as "CONTACT_ABOUT_ISSUE".
        source_id: names the act; the same act is written down once. An id, and where one thing
            is acted upon several times a word after a colon: "batch_01h…:accepted".
    """

    community_id: str
    actor_account_id: str
    action: AuditAction
    subject: str
    purpose: str
    source_id: str
    at: datetime

    def __post_init__(self) -> None:
        """Keep out what could be a name, a phone or a sentence: a mistake of the program."""
        for pattern, text in (
            (_PSEUDONYM, self.actor_account_id),
            (_PSEUDONYM, self.subject),
            (_PURPOSE, self.purpose),
            (_SOURCE, self.source_id),
        ):
            if not pattern.fullmatch(text):
                raise ValueError("the audit trail holds ids and codes only")
