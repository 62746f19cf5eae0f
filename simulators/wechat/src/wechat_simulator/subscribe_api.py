"""Subscribe messages of a mini-program: `/cgi-bin/message/subscribe/send`.

One message for each time that the person tapped "allow" for its template, and none without.
"""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wechat_simulator.answering import OK, Answer, answer_with_token, body_as, mini_program
from wechat_simulator.errcodes import WeChatError, refused
from wechat_simulator.records import App, MiniProgram, Phone, PhoneItem, Subscription, Template
from wechat_simulator.subscribe_fields import fits
from wechat_simulator.world import World, subscription_key

SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/send"
_STATES = frozenset({"developer", "trial", "formal"})


class Value(msgspec.Struct, frozen=True):
    value: str | int | float = ""


class SendSubscribeMessage(msgspec.Struct, frozen=True):
    touser: str = ""
    template_id: str = ""
    page: str = ""
    data: dict[str, Value] = {}
    miniprogram_state: str = "formal"


def subscribe_router(world: World) -> APIRouter:
    """Return the route that sends subscribe messages."""
    router = APIRouter()

    @router.api_route(SUBSCRIBE_SEND, methods=["GET", "POST"])
    async def send(request: Request) -> Response:
        def act(app: App, body: bytes) -> Answer:
            return _send(world, mini_program(app), body_as(SendSubscribeMessage, body))

        return await answer_with_token(world, SUBSCRIBE_SEND, act, request)

    return router


def _send(world: World, program: MiniProgram, asked: SendSubscribeMessage) -> Answer:
    phone = world.phone_of(program.app_id, asked.touser)
    if phone is None:
        raise refused(40003)
    template = world.templates.get(asked.template_id)
    if template is None or template.app_id != program.app_id:
        raise refused(40037)
    said = _filled(template, asked.data)
    _check_page(program, asked.page)
    if asked.miniprogram_state not in _STATES:
        raise refused(47003)
    _spend(world, phone, template)
    world.show(
        PhoneItem(
            number=world.next_item_number(),
            phone=phone.name,
            app_id=program.app_id,
            kind="subscribe_message",
            received=True,
            text="\n".join([template.title, *said]),
            at=world.surroundings.seconds(),
            template_id=template.template_id,
            page=asked.page or None,
        )
    )
    return OK


def _filled(template: Template, data: dict[str, Value]) -> list[str]:
    """Return the lines of the message. Raises: WeChatError 47003, naming the field."""
    lines = []
    for name, label in template.fields.items():
        value = str(data.get(name, Value()).value)
        if not value:
            raise WeChatError(47003, f"argument invalid! data.{name}.value is empty")
        if not fits(name, value):
            raise WeChatError(47003, f"argument invalid! data.{name}.value invalid")
        lines.append(f"{label}：{value}")
    return lines


def _check_page(program: MiniProgram, page: str) -> None:
    """Raises: WeChatError 41030 for a page that the published mini-program does not have."""
    path, _, _ = page.partition("?")
    if page and program.pages is not None and path.lstrip("/") not in program.pages:
        raise refused(41030)


def _spend(world: World, phone: Phone, template: Template) -> None:
    """Use one of the person's permissions up. Raises: WeChatError 43101 where none is left."""
    key = subscription_key(phone.name, template.template_id)
    given = world.subscriptions.get(key) or Subscription(
        phone.name, template.app_id, template.template_id
    )
    if given.left < 1:
        raise refused(43101)
    world.subscriptions.put(key, msgspec.structs.replace(given, left=given.left - 1))
