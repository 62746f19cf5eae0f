"""The words that this room has in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="Why a contact is needed.")
class RevealReason(Enum):
    """See residents.domain.privacy.reveals."""

    ISSUE_FOLLOW_UP = strawberry.enum_value("ISSUE_FOLLOW_UP", description="About an issue.")
    HOME_VISIT = strawberry.enum_value("HOME_VISIT", description="To arrange a visit.")
    EMERGENCY = strawberry.enum_value("EMERGENCY", description="Something cannot wait.")
    CARE_CHECK = strawberry.enum_value("CARE_CHECK", description="To ask how somebody is.")
    RECORD_CORRECTION = strawberry.enum_value(
        "RECORD_CORRECTION", description="To check what the archive says."
    )
    OWN_DATA = strawberry.enum_value("OWN_DATA", description="A resident looks at their own.")


@strawberry.enum(description="What data is used for; each is agreed to by itself.")
class ConsentPurpose(Enum):
    """See residents.domain.privacy.purposes."""

    ACCOUNT = strawberry.enum_value("ACCOUNT", description="To log in by WeChat.")
    HOUSEHOLD_BINDING = strawberry.enum_value(
        "HOUSEHOLD_BINDING", description="To be known as living in a household."
    )


@strawberry.enum(description="How somebody said that they agree, or no longer do.")
class ConsentChannel(Enum):
    """See residents.domain.privacy.consents."""

    ONLINE = strawberry.enum_value("ONLINE", description="By their own login.")
    WRITTEN = strawberry.enum_value("WRITTEN", description="On paper, signed.")
    IN_PERSON = strawberry.enum_value("IN_PERSON", description="By word, at the counter.")
    PHONE = strawberry.enum_value("PHONE", description="By telephone.")


@strawberry.enum(description="What is written into the audit trail.")
class AuditAction(Enum):
    """See residents.domain.privacy.audit."""

    REVEAL = strawberry.enum_value("REVEAL", description="A contact was shown.")
    REVEAL_SHOWN = strawberry.enum_value("REVEAL_SHOWN", description="It was read once more.")
    EXPORT = strawberry.enum_value("EXPORT", description="A person's data was taken out.")
    IMPORT_RECEIVED = strawberry.enum_value("IMPORT_RECEIVED", description="A file was sent.")
    IMPORT_ACCEPTED = strawberry.enum_value("IMPORT_ACCEPTED", description="It was accepted.")
    IMPORT_APPLIED = strawberry.enum_value("IMPORT_APPLIED", description="It was applied.")
    CREDENTIALS_RESET_REQUESTED = strawberry.enum_value(
        "CREDENTIALS_RESET_REQUESTED", description="The first of two people asked for a reset."
    )
    CREDENTIALS_RESET_APPROVED = strawberry.enum_value(
        "CREDENTIALS_RESET_APPROVED",
        description="The second, or an operator, got a code by which to reset.",
    )
    CREDENTIALS_RESET = strawberry.enum_value(
        "CREDENTIALS_RESET", description="Somebody's password or device was reset."
    )
