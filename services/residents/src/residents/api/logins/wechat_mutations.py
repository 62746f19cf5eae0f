"""Residents: logging in by WeChat, and giving a phone number."""
# ruff: noqa: A002 - `input` is the word of the graph

from datetime import datetime
from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id, new_id

from residents.api.context import Edge, Info, actor
from residents.api.errors import AccountLocked, CommunityNotFound
from residents.api.logins.errors import (
    AccountDisabled,
    OpenidClaimed,
    PhoneNumberInvalid,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUnavailable,
    WeChatUserAtRisk,
)
from residents.api.logins.types import ResidentClient
from residents.api.types import Account
from residents.application.logins.log_in_with_wechat import WeChatLogin

_UNKNOWN_ADDRESS = "unknown"  # where the server does not know: all of those share one limit


@strawberry.input(description="What the mini-program got from wx.login.")
class LogInWithWeChatInput:
    """No request id: a login is never replayed, and WeChat takes a code once."""

    community_id: strawberry.ID = strawberry.field(description="The community to log in to.")
    code: str = strawberry.field(description="The code of wx.login; good once, for five minutes.")
    client: ResidentClient = strawberry.field(description="What the person works with.")


@strawberry.input(description="What the mini-program got from the button getPhoneNumber.")
class GivePhoneNumberInput:
    """See GivePhoneNumber."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    code: str = strawberry.field(description="The phone's own code, another than the login's.")


@strawberry.type(description="The person is in; the first time the account was made.")
class LogInWithWeChatSuccess:
    """See residents.application.token_pair."""

    access_token: str = strawberry.field(description="For the Authorization header: Bearer ….")
    refresh_token: str = strawberry.field(description="For the next access token; good once.")
    expires_at: datetime = strawberry.field(description="When the access token expires.")
    account: Account = strawberry.field(description="Whose it is.")


@strawberry.type(description="The number is known.")
class GivePhoneNumberSuccess:
    """See GivePhoneNumber."""

    account: Account = strawberry.field(description="The account, its phone masked.")


LogInWithWeChatResult = Annotated[
    LogInWithWeChatSuccess
    | CommunityNotFound
    | AccountLocked
    | AccountDisabled
    | OpenidClaimed
    | WeChatNotConfigured
    | WeChatCodeInvalid
    | WeChatTooFrequent
    | WeChatUserAtRisk
    | WeChatUnavailable,
    strawberry.union("LogInWithWeChatResult", description="What can come of logging in."),
]
GivePhoneNumberResult = Annotated[
    GivePhoneNumberSuccess
    | PhoneNumberInvalid
    | WeChatNotConfigured
    | WeChatCodeInvalid
    | WeChatTooFrequent
    | WeChatUnavailable
    | RequestIdReused,
    strawberry.union("GivePhoneNumberResult", description="What can come of giving a number."),
]


@strawberry.type
class WeChatMutations:
    """The part of Mutation that asks WeChat."""

    @strawberry.mutation(name="logInWithWeChat", description="Log in as a resident, by WeChat.")
    async def log_in_with_we_chat(
        self,
        info: Info,
        input: Annotated[LogInWithWeChatInput, strawberry.argument(description="The code.")],
    ) -> LogInWithWeChatResult | None:
        """See LogInWithWeChat."""
        edge = info.context.application
        logged_in = await edge.logins.log_in_with_wechat(
            WeChatLogin(
                community_id=str(input.community_id),
                code=input.code,
                client=input.client.in_domain(),
                address_key=_address_key(edge, info.context.client_address),
            ),
            session_id=new_id("session"),
        )
        return LogInWithWeChatSuccess(
            access_token=logged_in.access_token,
            refresh_token=logged_in.refresh_token,
            expires_at=logged_in.expires_at,
            account=Account.of(logged_in.account),
        )

    @strawberry.federation.mutation(
        description="Let the community know one's phone number, as WeChat has it.",
        authenticated=True,
        requires_scopes=scopes_for("resident"),
    )
    async def give_phone_number(
        self,
        info: Info,
        input: Annotated[GivePhoneNumberInput, strawberry.argument(description="The code.")],
    ) -> GivePhoneNumberResult | None:
        """See GivePhoneNumber."""
        account = await info.context.application.logins.give_phone_number(
            actor(info),
            input.code,
            request=info.context.request_for(input.request_id, phone_code=input.code),
        )
        return GivePhoneNumberSuccess(account=Account.of(account))


def _address_key(edge: Edge, address: str | None) -> str:
    """Counted apart from staff: neither locks the other out at one address."""
    hashed = edge.keyed_hash("login.wechat_address", address or _UNKNOWN_ADDRESS)
    return derived_id("attempts", hashed)
