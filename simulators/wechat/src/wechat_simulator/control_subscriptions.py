"""Templates that a mini-program's owner chose, and what people allow with their thumbs."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel, Field

from wechat_simulator.control_parts import (
    Shown,
    TheWorld,
    existing_phone,
    existing_program,
    shown,
)
from wechat_simulator.records import Subscription, Template
from wechat_simulator.subscribe_fields import is_field
from wechat_simulator.world import World, subscription_key

router = APIRouter(prefix="/simulator")
TEMPLATES_ASKED_AT_ONCE = 3


class NewTemplate(BaseModel):
    title: Annotated[str, Field(min_length=1, max_length=30)]
    fields: Annotated[dict[str, str], Field(min_length=1, max_length=5)]


class Answered(BaseModel):
    """What the person taps under each template that `wx.requestSubscribeMessage` shows."""

    app_id: str
    answers: Annotated[
        dict[str, Literal["accept", "reject"]],
        Field(min_length=1, max_length=TEMPLATES_ASKED_AT_ONCE),
    ]


@router.get("/mini-programs/{app_id}/templates")
async def list_templates(app_id: str, world: TheWorld) -> list[Shown]:
    """Return the mini-program's templates."""
    existing_program(world, app_id)
    return [shown(template) for template in world.templates.all() if template.app_id == app_id]


@router.put("/mini-programs/{app_id}/templates/{template_id}")
async def choose_template(
    app_id: str, template_id: str, given: NewTemplate, world: TheWorld
) -> Shown:
    """Choose a template of one-time subscriptions, or change one."""
    existing_program(world, app_id)
    there = world.templates.get(template_id)
    if there is not None and there.app_id != app_id:
        raise HTTPException(status.HTTP_409_CONFLICT, "a template of another mini-program")
    if not all(is_field(name) for name in given.fields):
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "no field of WeChat's")
    template = Template(template_id, app_id, given.title, given.fields)
    return shown(world.templates.put(template_id, template))


@router.post("/phones/{name}/subscriptions")
async def answer_request(name: str, given: Answered, world: TheWorld) -> dict[str, str]:
    """Answer `wx.requestSubscribeMessage`: each "accept" allows one more message.

    Returns: what the mini-program is told, by template.
    """
    existing_phone(world, name)
    existing_program(world, given.app_id)
    for template_id in given.answers:
        _template_of(world, given.app_id, template_id)
    for template_id, answer in given.answers.items():
        if answer == "accept":
            _allow_one_more(world, name, given.app_id, template_id)
    return dict(given.answers)


@router.get("/phones/{name}/subscriptions")
async def list_subscriptions(name: str, world: TheWorld) -> list[Shown]:
    """Return how many messages of each template the person still allows."""
    existing_phone(world, name)
    return [shown(given) for given in world.subscriptions.all() if given.phone == name]


@router.delete("/phones/{name}/subscriptions/{app_id}/{template_id}")
async def turn_off(name: str, app_id: str, template_id: str, world: TheWorld) -> Shown:
    """Turn a template's messages off in the mini-program's settings: what was allowed is void."""
    existing_phone(world, name)
    _template_of(world, app_id, template_id)
    off = Subscription(name, app_id, template_id, left=0)
    return shown(world.subscriptions.put(subscription_key(name, template_id), off))


def _allow_one_more(world: World, name: str, app_id: str, template_id: str) -> None:
    key = subscription_key(name, template_id)
    given = world.subscriptions.get(key) or Subscription(name, app_id, template_id)
    world.subscriptions.put(key, msgspec.structs.replace(given, left=given.left + 1))


def _template_of(world: World, app_id: str, template_id: str) -> Template:
    template = world.templates.get(template_id)
    if template is None or template.app_id != app_id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"{app_id} has no template {template_id}")
    return template
