"""Making merchants' clients, and taking them out of use."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from residents.api.context import Info, actor
from residents.api.merchants.errors import (
    MerchantClientNotFound,
    MerchantNotApproved,
    MerchantNotFound,
)
from residents.api.merchants.types import MerchantClient, MerchantClientKind
from residents.application.merchants.issue_client import NewClient


@strawberry.input(description="A merchant's system that is to get tokens.")
class IssueMerchantClientInput:
    """See IssueClient."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    merchant_id: strawberry.ID = strawberry.field(description="Whose it is.")
    kind: MerchantClientKind = strawberry.field(description="What it is.")


@strawberry.input(description="The client to take out of use.")
class RevokeMerchantClientInput:
    """See RevokeClient."""

    request_id: strawberry.ID = strawberry.field(
        description="The same in every repeat of this request."
    )
    client_id: strawberry.ID = strawberry.field(description="The client.")


@strawberry.type(description="The system can get tokens.")
class IssueMerchantClientSuccess:
    """See IssueClient."""

    client: MerchantClient = strawberry.field(description="The client.")
    client_id: strawberry.ID = strawberry.field(description="`client_id` at /oauth/token.")
    client_secret: str | None = strawberry.field(
        description="`client_secret`: shown once, kept by nobody; null in a repeat."
    )


@strawberry.type(description="The client gets no more tokens; those it has end in seconds.")
class RevokeMerchantClientSuccess:
    """See RevokeClient."""

    client: MerchantClient = strawberry.field(description="The client.")


IssueMerchantClientResult = Annotated[
    IssueMerchantClientSuccess | MerchantNotFound | MerchantNotApproved | RequestIdReused,
    strawberry.union("IssueMerchantClientResult", description="What can come of making one."),
]
RevokeMerchantClientResult = Annotated[
    RevokeMerchantClientSuccess | MerchantClientNotFound | RequestIdReused,
    strawberry.union("RevokeMerchantClientResult", description="What can come of that."),
]


@strawberry.type
class MerchantClientMutations:
    """The part of Mutation that is about merchants' clients."""

    @strawberry.federation.mutation(
        description="Give a merchant's system an id and a secret. A merchant that was approved "
        "a moment ago may not be known here yet: try again.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def issue_merchant_client(
        self,
        info: Info,
        input: Annotated[IssueMerchantClientInput, strawberry.argument(description="Whose.")],
    ) -> IssueMerchantClientResult | None:
        """See IssueClient."""
        caller, merchant_id = actor(info), str(input.merchant_id)
        new = NewClient(
            client_id=derived_id("client", caller.account_id, input.request_id),
            merchant_id=merchant_id,
            kind=input.kind.in_domain(),
        )
        issued = await info.context.application.merchants.issue(
            caller,
            new,
            request=info.context.request_for(
                input.request_id, issue_client_for=merchant_id, kind=new.kind
            ),
        )
        return IssueMerchantClientSuccess(
            client=MerchantClient.of(issued.client),
            client_id=strawberry.ID(issued.client.id),
            client_secret=issued.secret,
        )

    @strawberry.federation.mutation(
        description="Take a merchant's client out of use for good.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def revoke_merchant_client(
        self,
        info: Info,
        input: Annotated[RevokeMerchantClientInput, strawberry.argument(description="Which.")],
    ) -> RevokeMerchantClientResult | None:
        """See RevokeClient."""
        client_id = str(input.client_id)
        revoked = await info.context.application.merchants.revoke(
            actor(info),
            client_id,
            request=info.context.request_for(input.request_id, revoke_client=client_id),
        )
        return RevokeMerchantClientSuccess(client=MerchantClient.of(revoked))
