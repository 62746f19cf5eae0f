"""Agreeing, and taking it back."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused

from residents.api.archive.errors import ResidentNotFound
from residents.api.context import Info, actor
from residents.api.privacy.errors import (
    ConsentChangedTooOften,
    ConsentChannelInvalid,
    ConsentNotFound,
    PolicyNotCurrent,
)
from residents.api.privacy.inputs import (
    GiveConsentInput,
    RecordConsentInput,
    RecordConsentWithdrawalInput,
    WithdrawConsentInput,
)
from residents.api.privacy.types import ConsentRecord
from residents.domain.privacy.consents import ConsentChannel, Consents
from residents.domain.privacy.purposes import Purpose


@strawberry.type(description="It is agreed to.")
class GiveConsentSuccess:
    """See GiveConsent."""

    consent: ConsentRecord = strawberry.field(description="What stands.")

    @classmethod
    def of(cls, book: Consents) -> "GiveConsentSuccess":
        """As the graph shows it."""
        return cls(consent=ConsentRecord.of(book.records[-1]))


@strawberry.type(description="It is no longer agreed to.")
class WithdrawConsentSuccess:
    """See WithdrawConsent."""

    consent: ConsentRecord = strawberry.field(description="What has ended.")

    @classmethod
    def of(cls, book: Consents) -> "WithdrawConsentSuccess":
        """As the graph shows it."""
        return cls(consent=ConsentRecord.of(book.records[-1]))


GiveConsentResult = Annotated[
    GiveConsentSuccess | PolicyNotCurrent | ConsentChangedTooOften | RequestIdReused,
    strawberry.union("GiveConsentResult", description="What can come of agreeing."),
]
RecordConsentResult = Annotated[
    GiveConsentSuccess
    | ResidentNotFound
    | ConsentChannelInvalid
    | PolicyNotCurrent
    | ConsentChangedTooOften
    | RequestIdReused,
    strawberry.union("RecordConsentResult", description="What can come of agreeing."),
]
WithdrawConsentResult = Annotated[
    WithdrawConsentSuccess | ConsentNotFound | RequestIdReused,
    strawberry.union("WithdrawConsentResult", description="What can come of taking it back."),
]
RecordConsentWithdrawalResult = Annotated[
    WithdrawConsentSuccess
    | ResidentNotFound
    | ConsentChannelInvalid
    | ConsentNotFound
    | RequestIdReused,
    strawberry.union(
        "RecordConsentWithdrawalResult", description="What can come of taking it back."
    ),
]


@strawberry.type
class ConsentMutations:
    """The part of Mutation that is about consent."""

    @strawberry.federation.mutation(
        description="Agree to a purpose, by the text that counts today.", authenticated=True
    )
    async def give_consent(
        self,
        info: Info,
        input: Annotated[GiveConsentInput, strawberry.argument(description="To what.")],
    ) -> GiveConsentResult | None:
        """See GiveConsent.own."""
        book = await info.context.application.privacy.give_consent.own(
            actor(info),
            Purpose[input.purpose.name],
            input.policy_version,
            request=info.context.request_for(
                input.request_id,
                purpose=input.purpose.name,
                policy_version=input.policy_version,
            ),
        )
        return GiveConsentSuccess.of(book)

    @strawberry.federation.mutation(
        description="Take consent back, wherever it was given.", authenticated=True
    )
    async def withdraw_consent(
        self,
        info: Info,
        input: Annotated[WithdrawConsentInput, strawberry.argument(description="To what.")],
    ) -> WithdrawConsentResult | None:
        """See WithdrawConsent.own."""
        book = await info.context.application.privacy.withdraw_consent.own(
            actor(info),
            Purpose[input.purpose.name],
            request=info.context.request_for(input.request_id, purpose=input.purpose.name),
        )
        return WithdrawConsentSuccess.of(book)

    @strawberry.federation.mutation(
        description="Write down that a resident agreed at the counter.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def record_consent(
        self,
        info: Info,
        input: Annotated[RecordConsentInput, strawberry.argument(description="Who, to what.")],
    ) -> RecordConsentResult | None:
        """See GiveConsent.at_the_counter."""
        resident_id = str(input.resident_id)
        book = await info.context.application.privacy.give_consent.at_the_counter(
            actor(info),
            resident_id,
            Purpose[input.purpose.name],
            input.policy_version,
            ConsentChannel[input.channel.name],
            request=info.context.request_for(
                input.request_id,
                resident_id=resident_id,
                purpose=input.purpose.name,
                policy_version=input.policy_version,
                channel=input.channel.name,
            ),
        )
        return GiveConsentSuccess.of(book)

    @strawberry.federation.mutation(
        description="Write down that a resident took consent back at the counter.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def record_consent_withdrawal(
        self,
        info: Info,
        input: Annotated[
            RecordConsentWithdrawalInput, strawberry.argument(description="Who, to what.")
        ],
    ) -> RecordConsentWithdrawalResult | None:
        """See WithdrawConsent.at_the_counter."""
        resident_id = str(input.resident_id)
        book = await info.context.application.privacy.withdraw_consent.at_the_counter(
            actor(info),
            resident_id,
            Purpose[input.purpose.name],
            ConsentChannel[input.channel.name],
            request=info.context.request_for(
                input.request_id,
                resident_id=resident_id,
                purpose=input.purpose.name,
                channel=input.channel.name,
            ),
        )
        return WithdrawConsentSuccess.of(book)
