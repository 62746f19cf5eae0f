"""What residents do on their phones, and what they see there."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel, Field

from wechat_simulator.callbacks import Callbacks, event, text_message
from wechat_simulator.control_parts import (
    Shown,
    TheCallbacks,
    TheWorld,
    existing_account,
    existing_phone,
    shown,
)
from wechat_simulator.records import App, Article, Comment, Phone, PhoneItem, PhoneItemKind
from wechat_simulator.world import World, article_key, comment_key, openid_of, unionid_of

router = APIRouter(prefix="/simulator")


class NewPhone(BaseModel):
    follows: list[str] = []
    phone_number: Annotated[str, Field(pattern=r"^1[3-9][0-9]{9}$")] | None = None
    high_risk: bool | None = None


class Follow(BaseModel):
    app_id: str


class NewComment(BaseModel):
    msg_data_id: int
    text: Annotated[str, Field(min_length=1, max_length=600)]
    index: int = 0
    with_openid: bool = True


class NewMessage(BaseModel):
    app_id: str
    text: Annotated[str, Field(min_length=1, max_length=600)]


@router.get("/phones")
async def list_phones(world: TheWorld) -> list[Shown]:
    """Return every phone with its openid for each app, and its unionids."""
    return [_phone_shown(world, phone) for phone in world.phones.all()]


@router.put("/phones/{name}")
async def make_phone(name: str, given: NewPhone, world: TheWorld) -> Shown:
    """Make a phone, or change what is given of one: it follows more accounts, without an event."""
    for app_id in given.follows:
        existing_account(world, app_id)
    phone = world.phones.get(name) or Phone(name)
    now = world.surroundings.seconds()
    changed = msgspec.structs.replace(
        phone,
        follows=tuple(dict.fromkeys((*phone.follows, *given.follows))),
        followed_at={**dict.fromkeys(given.follows, now), **phone.followed_at},
        phone_number=given.phone_number or phone.phone_number,
        high_risk=phone.high_risk if given.high_risk is None else given.high_risk,
    )
    return _phone_shown(world, world.phones.put(name, changed))


@router.post("/phones/{name}/follows")
async def follow(name: str, given: Follow, world: TheWorld, callbacks: TheCallbacks) -> Shown:
    """Follow an account; it gets the event `subscribe`."""
    return _set_follow(world, callbacks, name, given.app_id, follows=True)


@router.delete("/phones/{name}/follows/{app_id}")
async def unfollow(name: str, app_id: str, world: TheWorld, callbacks: TheCallbacks) -> Shown:
    """Follow an account no more; it gets the event `unsubscribe`."""
    return _set_follow(world, callbacks, name, app_id, follows=False)


@router.post("/phones/{name}/comments", status_code=status.HTTP_201_CREATED)
async def post_comment(name: str, given: NewComment, world: TheWorld) -> Shown:
    """Comment under an article."""
    phone = existing_phone(world, name)
    article = world.articles.get(article_key(given.msg_data_id, given.index))
    if article is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such article")
    if not article.comments_open:
        raise HTTPException(status.HTTP_409_CONFLICT, "comments are closed")
    return shown(_new_comment(world, phone, article, given))


@router.delete("/phones/{name}/comments/{msg_data_id}/{index}/{user_comment_id}")
async def delete_comment(
    name: str, msg_data_id: int, index: int, user_comment_id: int, world: TheWorld
) -> Shown:
    """Delete a comment of this phone's own; the account's reply goes with it."""
    existing_phone(world, name)
    key = comment_key(msg_data_id, index, user_comment_id)
    comment = world.comments.get(key)
    if comment is None or comment.phone != name or comment.deleted:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such comment of this phone")
    world.comments.put(key, msgspec.structs.replace(comment, deleted=True))
    for item in world.screen(name):
        place = (item.msg_data_id, item.index, item.user_comment_id)
        if place == (msg_data_id, index, user_comment_id):
            world.show(msgspec.structs.replace(item, withdrawn=True))
    return {"deleted": True}


@router.post("/phones/{name}/messages", status_code=status.HTTP_201_CREATED)
async def send_message(
    name: str, given: NewMessage, world: TheWorld, callbacks: TheCallbacks
) -> Shown:
    """Write to an account; it is pushed to its callback address in the background."""
    phone, account = existing_phone(world, name), existing_account(world, given.app_id)
    if given.app_id not in phone.follows:
        raise HTTPException(status.HTTP_409_CONFLICT, "only followers can write")
    now = world.surroundings.seconds()
    phone = msgspec.structs.replace(
        phone,
        last_wrote_at={**phone.last_wrote_at, given.app_id: now},
        answers_since={**phone.answers_since, given.app_id: 0},
    )
    world.phones.put(name, phone)
    _show_sent(world, name, given.app_id, "message", given.text)
    delivery = text_message(world, account, name, given.text)
    if account.callback_url is not None:
        callbacks.push(delivery)
    return {"msg_id": delivery.delivery_id}


@router.get("/phones/{name}/screen")
async def screen(name: str, world: TheWorld) -> Shown:
    """Return what the phone sent and received, in order."""
    existing_phone(world, name)
    return {"phone": name, "items": [shown(item) for item in world.screen(name)]}


@router.get("/screens")
async def screens(world: TheWorld) -> Shown:
    """Return every phone's screen, for the page that shows them side by side."""
    return {
        "accounts": {account.app_id: account.name for account in world.accounts.all()},
        "articles": [shown(article) for article in world.articles.all()],
        "phones": [
            {"name": phone.name, "items": [shown(item) for item in world.screen(phone.name)]}
            for phone in world.phones.all()
        ],
    }


@router.get("/deliveries")
async def deliveries(world: TheWorld, app_id: str | None = None) -> list[Shown]:
    """Return the pushes to callback addresses with their attempts."""
    return [shown(d) for d in world.deliveries.all() if app_id in {None, d.app_id}]


def _set_follow(
    world: World, callbacks: Callbacks, name: str, app_id: str, *, follows: bool
) -> Shown:
    account, phone = existing_account(world, app_id), existing_phone(world, name)
    others = tuple(followed for followed in phone.follows if followed != app_id)
    if follows:
        followed_at = {**phone.followed_at, app_id: world.surroundings.seconds()}
        phone = msgspec.structs.replace(phone, follows=(*others, app_id), followed_at=followed_at)
    else:
        phone = msgspec.structs.replace(phone, follows=others)
    phone = world.phones.put(name, phone)
    _show_sent(world, name, app_id, "followed" if follows else "unfollowed", account.name)
    if account.callback_url is not None:
        callbacks.push(event(world, account, name, "subscribe" if follows else "unsubscribe"))
    return _phone_shown(world, phone)


def _new_comment(world: World, phone: Phone, article: Article, given: NewComment) -> Comment:
    place = article_key(article.msg_data_id, article.index)
    comment = Comment(
        msg_data_id=article.msg_data_id,
        index=article.index,
        user_comment_id=world.next_number(f"user_comment_id:{place}"),
        app_id=article.app_id,
        phone=phone.name,
        content=given.text,
        create_time=world.surroundings.seconds(),
        with_openid=given.with_openid,
    )
    _show_sent(world, phone.name, article.app_id, "comment", given.text, comment)
    key = comment_key(article.msg_data_id, article.index, comment.user_comment_id)
    return world.comments.put(key, comment)


def _show_sent(
    world: World,
    phone: str,
    app_id: str,
    kind: PhoneItemKind,
    text: str,
    comment: Comment | None = None,
) -> None:
    world.show(
        PhoneItem(
            number=world.next_item_number(),
            phone=phone,
            app_id=app_id,
            kind=kind,
            received=False,
            text=text,
            at=world.surroundings.seconds(),
            msg_data_id=None if comment is None else comment.msg_data_id,
            index=None if comment is None else comment.index,
            user_comment_id=None if comment is None else comment.user_comment_id,
        )
    )


def _phone_shown(world: World, phone: Phone) -> Shown:
    apps: list[App] = [*world.accounts.all(), *world.mini_programs.all()]
    platforms = dict.fromkeys(app.open_platform for app in apps)
    return {
        "name": phone.name,
        "follows": phone.follows,
        "phone_number": phone.phone_number,
        "high_risk": phone.high_risk,
        "openids": {app.app_id: openid_of(app.app_id, phone.name) for app in apps},
        "unionids": {name: unionid_of(name, phone.name) for name in platforms if name is not None},
    }
