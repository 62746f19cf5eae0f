"""What can be done with notices."""

from typing import Annotated

import strawberry
from chassis.errors import BadUserInput
from chassis.graphql_errors import RequestIdReused

from outreach.api.context import Info, actor_of
from outreach.api.inputs import REQUEST_ID
from outreach.api.notices.enums import NoticeTemplateKind
from outreach.api.notices.errors import (
    NoticeNotFound,
    OpenidClaimed,
    PersonErased,
    TemplateUnknown,
    WeChatCodeInvalid,
    WeChatNotConfigured,
    WeChatTooFrequent,
    WeChatUnavailable,
    WeChatUserAtRisk,
)
from outreach.api.notices.followers import FOLLOWERS
from outreach.domain.notices.kinds import Template

_MARKED_AT_ONCE = 100


@strawberry.input(description="What the caller has just allowed in WeChat.")
class RecordGrantInput:
    """What `wx.login` and `wx.requestSubscribeMessage` said."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    wechat_code: str = strawberry.field(description="What wx.login gave, good once.")
    templates: list[NoticeTemplateKind] = strawberry.field(
        description="Those that the person tapped “allow” for, at least one."
    )


@strawberry.input(description="What the caller has read: some notices, or all up to one.")
class MarkNoticesReadInput:
    """Either `ids` or `upTo`."""

    request_id: strawberry.ID = strawberry.field(description=REQUEST_ID)
    ids: list[strawberry.ID] | None = strawberry.field(
        description=f"These, 1 to {_MARKED_AT_ONCE}.", default=None
    )
    up_to: strawberry.ID | None = strawberry.field(
        description="This one and all that happened before it.", default=None
    )


@strawberry.type(description="How many messages of a template the caller allows now.")
class AllowedMessages:
    """What is left of permissions."""

    template: NoticeTemplateKind = strawberry.field(description="What it is for.")
    left: int = strawberry.field(description="How many messages, at most 20.")


@strawberry.type(description="The permissions are kept.")
class RecordGrantSuccess:
    """What came of it."""

    allowed: list[AllowedMessages] = strawberry.field(
        description="For each template that was named."
    )


@strawberry.type(description="The notices are read.")
class MarkNoticesReadSuccess:
    """What came of it."""

    unread_notices: int = strawberry.field(
        description="How many are not read now; 100 stands for 100 or more."
    )


RecordGrantResult = Annotated[
    RecordGrantSuccess
    | TemplateUnknown
    | WeChatNotConfigured
    | WeChatCodeInvalid
    | WeChatTooFrequent
    | WeChatUserAtRisk
    | WeChatUnavailable
    | OpenidClaimed
    | PersonErased
    | RequestIdReused,
    strawberry.union("RecordGrantResult", description="What can come of a permission."),
]
MarkNoticesReadResult = Annotated[
    MarkNoticesReadSuccess | NoticeNotFound | RequestIdReused,
    strawberry.union("MarkNoticesReadResult", description="What can come of reading."),
]


@strawberry.type(description="What can be changed about notices.")
class NoticeMutations:
    """The part of Mutation that is about notices."""

    @strawberry.federation.mutation(
        description="Let the community send the caller one more message of each template.",
        authenticated=True,
        requires_scopes=FOLLOWERS,
    )
    async def record_grant(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RecordGrantInput, strawberry.argument(description="What the caller allowed.")
        ],
    ) -> RecordGrantResult | None:
        """A repeat is answered without asking WeChat again."""
        if not input.templates:
            raise BadUserInput("请至少选择一种要接收的通知。", input_name="templates")
        templates = [Template(str(kind.value)) for kind in input.templates]
        allowed = await info.context.application.notices.record_grant(
            actor_of(info.context),
            input.wechat_code,
            templates,
            request=info.context.request_for(
                input.request_id,
                code=input.wechat_code,
                templates=sorted(template.value for template in templates),
            ),
        )
        return RecordGrantSuccess(
            allowed=[
                AllowedMessages(template=NoticeTemplateKind(template.value), left=left)
                for template, left in allowed.items()
            ]
        )

    @strawberry.federation.mutation(
        description="Note that the caller has read notices.",
        authenticated=True,
        requires_scopes=FOLLOWERS,
    )
    async def mark_notices_read(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            MarkNoticesReadInput, strawberry.argument(description="What the caller has read.")
        ],
    ) -> MarkNoticesReadResult | None:
        """What is read already stays as it was."""
        actor = actor_of(info.context)
        notices = info.context.application.notices
        request = info.context.request_for(input.request_id, ids=input.ids, up_to=input.up_to)
        match input.ids, input.up_to:
            case list() as ids, None if 1 <= len(ids) <= _MARKED_AT_ONCE:
                await notices.mark_notices_read.some(actor, ids, request=request)
            case None, str() as last_id:
                await notices.mark_notices_read.up_to(actor, last_id, request=request)
            case _:
                raise BadUserInput(f"请给出 1 至 {_MARKED_AT_ONCE} 条通知，或最后一条已读的通知。")
        return MarkNoticesReadSuccess(unread_notices=await notices.queries.unread(actor))
