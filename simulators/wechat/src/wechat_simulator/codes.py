"""Codes that a mini-program gets on a phone: good for five minutes, once, for its own server."""

import msgspec

from wechat_simulator.errcodes import refused
from wechat_simulator.records import Code, CodeKind, Phone
from wechat_simulator.world import World

GOOD_FOR_SECONDS = 300
_RANDOM_BYTES: dict[CodeKind, int] = {"login": 16, "phone_number": 32}


def new_code(world: World, kind: CodeKind, app_id: str, phone: str) -> Code:
    """Give a mini-program on a phone a code, and forget those that are too old."""
    now = world.surroundings.seconds()
    for code in world.codes.all():
        if _is_too_old(code, now):
            world.codes.remove(code.value)
    value = world.surroundings.random_bytes(_RANDOM_BYTES[kind]).hex()
    return world.codes.put(value, Code(value, kind, app_id, phone, issued_at=now))


def living_code(world: World, kind: CodeKind, value: str) -> Code:
    """Return a code that is not too old, used or not. Raises: WeChatError 40029."""
    code = world.codes.get(value)
    if code is None or code.kind != kind or _is_too_old(code, world.surroundings.seconds()):
        raise refused(40029)
    return code


def use(world: World, code: Code) -> Phone:
    """Use a code up; return the phone that it was given on. Raises: WeChatError 40029."""
    phone = world.phones.get(code.phone)
    if phone is None:
        raise refused(40029)
    world.codes.put(code.value, msgspec.structs.replace(code, used=True))
    return phone


def _is_too_old(code: Code, now: int) -> bool:
    return now - code.issued_at >= GOOD_FOR_SECONDS
