"""Messages to one follower: `/cgi-bin/message/custom/send`."""

import msgspec

from wechat_simulator.answering import OK, Act, Answer, body_as
from wechat_simulator.errcodes import refused
from wechat_simulator.records import OfficialAccount, Phone, PhoneItem
from wechat_simulator.world import World

WINDOW_SECONDS = 48 * 3600
MESSAGES_IN_A_WINDOW = 5
LONGEST_TEXT_BYTES = 2048


class Text(msgspec.Struct, frozen=True):
    content: str = ""


class SendMessage(msgspec.Struct, frozen=True):
    touser: str = ""
    msgtype: str = ""
    text: Text = Text()


def send_message(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Send a text to a follower who wrote within the last 48 hours, at most five times."""
    asked = body_as(SendMessage, body)
    phone = world.phone_of(account.app_id, asked.touser)
    if phone is None:
        raise refused(40003)
    if asked.msgtype != "text":
        raise refused(40008)
    if not asked.text.content:
        raise refused(44004)
    if len(asked.text.content.encode()) > LONGEST_TEXT_BYTES:
        raise refused(45002)
    now = world.surroundings.seconds()
    answered = _within_window(phone, account, now)
    counted = {**phone.answers_since, account.app_id: answered + 1}
    world.phones.put(phone.name, msgspec.structs.replace(phone, answers_since=counted))
    world.show(
        PhoneItem(
            number=world.next_item_number(),
            phone=phone.name,
            app_id=account.app_id,
            kind="account_message",
            received=True,
            text=asked.text.content,
            at=now,
        )
    )
    return OK


def _within_window(phone: Phone, account: OfficialAccount, now: int) -> int:
    """Return how many messages were sent in this window. Raises: WeChatError 45015, 45047."""
    wrote_at = phone.last_wrote_at.get(account.app_id)
    if account.app_id not in phone.follows or wrote_at is None or now - wrote_at >= WINDOW_SECONDS:
        raise refused(45015)
    answered = phone.answers_since.get(account.app_id, 0)
    if answered >= MESSAGES_IN_A_WINDOW:
        raise refused(45047)
    return answered


MESSAGE_APIS: dict[str, Act] = {"/cgi-bin/message/custom/send": send_message}
