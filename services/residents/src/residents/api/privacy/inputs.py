"""What the mutations of this room take."""

import strawberry

from residents.api.privacy.enums import ConsentChannel, ConsentPurpose, RevealReason

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="Whose contact, and why.")
class RevealContactInput:
    """See RevealContact."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="The resident.")
    reason: RevealReason = strawberry.field(description="Why it is needed.")
    note: str = strawberry.field(
        description="Why, in 4 to 200 characters; may be empty for a resident's own.", default=""
    )


@strawberry.input(description="What the caller agrees to.")
class GiveConsentInput:
    """See GiveConsent.own."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    purpose: ConsentPurpose = strawberry.field(description="What for.")
    policy_version: int = strawberry.field(description="The version of the text that was shown.")


@strawberry.input(description="What the caller takes back.")
class WithdrawConsentInput:
    """See WithdrawConsent.own."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    purpose: ConsentPurpose = strawberry.field(description="What for.")


@strawberry.input(description="What a resident agreed to at the counter.")
class RecordConsentInput:
    """See GiveConsent.at_the_counter."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="The resident.")
    purpose: ConsentPurpose = strawberry.field(description="What for.")
    policy_version: int = strawberry.field(description="The version of the text that was shown.")
    channel: ConsentChannel = strawberry.field(description="How it was said; not ONLINE.")


@strawberry.input(description="What a resident took back at the counter.")
class RecordConsentWithdrawalInput:
    """See WithdrawConsent.at_the_counter."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="The resident.")
    purpose: ConsentPurpose = strawberry.field(description="What for.")
    channel: ConsentChannel = strawberry.field(description="How it was said; not ONLINE.")


@strawberry.input(description="Which attempt this is; the data is the caller's own.")
class RequestDataExportInput:
    """See RequestExport.own."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)


@strawberry.input(description="Whose data a secretary takes out, and why.")
class RequestResidentDataExportInput:
    """See RequestExport.for_resident."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    resident_id: strawberry.ID = strawberry.field(description="The resident at the counter.")
    note: str = strawberry.field(description="Why, in 4 to 200 characters.")
