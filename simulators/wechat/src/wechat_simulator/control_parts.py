"""What the control surface's routes work on."""

from typing import Annotated, TypeAlias, cast

import msgspec
from fastapi import Depends, HTTPException, status
from pydantic import BaseModel
from starlette.requests import Request

from wechat_simulator.callbacks import Callbacks
from wechat_simulator.records import MiniProgram, OfficialAccount, Phone
from wechat_simulator.world import World

Shown: TypeAlias = dict[str, object]


class NewQuota(BaseModel):
    path: str
    per_day: int | None = None
    per_minute: int | None = None


def _world(request: Request) -> World:
    return cast(World, request.app.state.world)


def _callbacks(request: Request) -> Callbacks:
    return cast(Callbacks, request.app.state.callbacks)


TheWorld = Annotated[World, Depends(_world)]
TheCallbacks = Annotated[Callbacks, Depends(_callbacks)]


def shown(record: msgspec.Struct) -> Shown:
    """Return a record as JSON shows it."""
    return cast(Shown, msgspec.to_builtins(record))


def existing_account(world: World, app_id: str) -> OfficialAccount:
    """Return the account. Raises: HTTPException 404."""
    account = world.accounts.get(app_id)
    if account is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no account {app_id}")
    return account


def existing_program(world: World, app_id: str) -> MiniProgram:
    """Return the mini-program. Raises: HTTPException 404."""
    program = world.mini_programs.get(app_id)
    if program is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no mini-program {app_id}")
    return program


def existing_phone(world: World, name: str) -> Phone:
    """Return the phone. Raises: HTTPException 404."""
    phone = world.phones.get(name)
    if phone is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no phone {name}")
    return phone
