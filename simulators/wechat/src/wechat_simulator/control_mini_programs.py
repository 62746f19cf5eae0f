"""What a mini-program's owner does in WeChat's console, and what it gets on a phone."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel, Field

from wechat_simulator import codes, tokens
from wechat_simulator.control_parts import (
    NewQuota,
    Shown,
    TheWorld,
    existing_phone,
    existing_program,
    shown,
)
from wechat_simulator.quotas import quota_of
from wechat_simulator.records import MiniProgram, Quota

router = APIRouter(prefix="/simulator")


class NewMiniProgram(BaseModel):
    secret: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    open_platform: Annotated[str, Field(min_length=1)] | None = None
    pages: tuple[str, ...] | None = None


class OpenedOnAPhone(BaseModel):
    app_id: str


@router.get("/mini-programs")
async def list_mini_programs(world: TheWorld) -> list[Shown]:
    """Return every mini-program, secrets included."""
    return [shown(program) for program in world.mini_programs.all()]


@router.put("/mini-programs/{app_id}")
async def register_mini_program(app_id: str, given: NewMiniProgram, world: TheWorld) -> Shown:
    """Make a mini-program, or change one."""
    if world.accounts.get(app_id) is not None:
        raise HTTPException(status.HTTP_409_CONFLICT, f"{app_id} is an official account")
    return shown(world.mini_programs.put(app_id, MiniProgram(app_id, **given.model_dump())))


@router.put("/mini-programs/{app_id}/quotas")
async def set_quota(app_id: str, given: NewQuota, world: TheWorld) -> Shown:
    """Set how often the mini-program, or each of its users, may call one path."""
    existing_program(world, app_id)
    world.quotas.put(f"{app_id}:{given.path}", Quota(app_id=app_id, **given.model_dump()))
    return shown(quota_of(world, app_id, given.path))


@router.post("/mini-programs/{app_id}/expire-tokens")
async def expire(app_id: str, world: TheWorld) -> dict[str, int]:
    """End the life of the mini-program's access tokens now, as if two hours had passed."""
    existing_program(world, app_id)
    return {"expired": tokens.expire_tokens(world, app_id)}


@router.post("/phones/{name}/login-codes", status_code=status.HTTP_201_CREATED)
async def log_in(name: str, given: OpenedOnAPhone, world: TheWorld) -> Shown:
    """Open a mini-program that asks who is there: `wx.login`."""
    phone, program = existing_phone(world, name), existing_program(world, given.app_id)
    return {"code": codes.new_code(world, "login", program.app_id, phone.name).value}


@router.post("/phones/{name}/phone-codes", status_code=status.HTTP_201_CREATED)
async def give_phone_number(name: str, given: OpenedOnAPhone, world: TheWorld) -> Shown:
    """Let a mini-program know the phone's number: the button `getPhoneNumber`."""
    phone, program = existing_phone(world, name), existing_program(world, given.app_id)
    if phone.phone_number is None:
        raise HTTPException(status.HTTP_409_CONFLICT, f"{name} is bound to no number")
    return {"code": codes.new_code(world, "phone_number", program.app_id, phone.name).value}
