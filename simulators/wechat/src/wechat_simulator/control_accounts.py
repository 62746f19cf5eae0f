"""What an account's owner does in WeChat's console: for tests and stories, never for services."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, status
from pydantic import BaseModel, Field

from wechat_simulator.control_parts import (
    NewQuota,
    Shown,
    TheCallbacks,
    TheWorld,
    existing_account,
    shown,
)
from wechat_simulator.quotas import quota_of
from wechat_simulator.records import Article, OfficialAccount, Quota
from wechat_simulator.tokens import expire_tokens
from wechat_simulator.world import article_key

# One push holds at most eight articles, counted from 0.
_ARTICLES_IN_A_PUSH = 8

router = APIRouter(prefix="/simulator/accounts")


class NewAccount(BaseModel):
    secret: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    original_id: Annotated[str, Field(pattern=r"^gh_[0-9a-z]{12}$")]
    name: Annotated[str, Field(min_length=1)]
    token: Annotated[str, Field(pattern=r"^[0-9a-zA-Z]{3,32}$")]
    encoding_aes_key: Annotated[str, Field(pattern=r"^[0-9a-zA-Z]{43}$")]
    comment_privilege: bool = True
    open_platform: Annotated[str, Field(min_length=1)] | None = None


class CallbackAddress(BaseModel):
    url: Annotated[str, Field(pattern=r"^https?://")]


class Titles(BaseModel):
    titles: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=64)]],
        Field(min_length=1, max_length=_ARTICLES_IN_A_PUSH),
    ]


@router.get("")
async def list_accounts(world: TheWorld) -> list[Shown]:
    """Return every account, secrets included."""
    return [shown(account) for account in world.accounts.all()]


@router.put("/{app_id}")
async def register_account(app_id: str, given: NewAccount, world: TheWorld) -> Shown:
    """Make an account, or change one; its callback address stays."""
    if world.mini_programs.get(app_id) is not None:
        raise HTTPException(status.HTTP_409_CONFLICT, f"{app_id} is a mini-program")
    earlier = world.accounts.get(app_id)
    url = None if earlier is None else earlier.callback_url
    account = OfficialAccount(app_id=app_id, callback_url=url, **given.model_dump())
    return shown(world.accounts.put(app_id, account))


@router.put("/{app_id}/callback")
async def set_callback(
    app_id: str, given: CallbackAddress, world: TheWorld, callbacks: TheCallbacks
) -> Shown:
    """Save the callback address if it proves that it knows the token."""
    verification = await callbacks.verify(existing_account(world, app_id), given.url)
    if not verification.verified:
        raise HTTPException(status.HTTP_409_CONFLICT, f"请求URL失败: {verification.seen}")
    account = msgspec.structs.replace(existing_account(world, app_id), callback_url=given.url)
    return shown(world.accounts.put(app_id, account))


@router.post("/{app_id}/articles", status_code=status.HTTP_201_CREATED)
async def publish_articles(app_id: str, given: Titles, world: TheWorld) -> Shown:
    """Publish one push of articles; they share its msg_data_id."""
    account = existing_account(world, app_id)
    msg_data_id = world.next_number("msg_data_id", first=2_247_483_649)
    articles = [
        Article(
            msg_data_id=msg_data_id,
            index=index,
            app_id=account.app_id,
            title=title,
            url=f"https://mp.weixin.qq.com/s?mid={msg_data_id}&idx={index + 1}",
            published_at=world.surroundings.seconds(),
        )
        for index, title in enumerate(given.titles)
    ]
    for article in articles:
        world.articles.put(article_key(msg_data_id, article.index), article)
    return {"msg_data_id": msg_data_id, "articles": [shown(article) for article in articles]}


@router.put("/{app_id}/quotas")
async def set_quota(app_id: str, given: NewQuota, world: TheWorld) -> Shown:
    """Set how often the account may call one path."""
    existing_account(world, app_id)
    world.quotas.put(f"{app_id}:{given.path}", Quota(app_id=app_id, **given.model_dump()))
    return shown(quota_of(world, app_id, given.path))


@router.post("/{app_id}/expire-tokens")
async def expire(app_id: str, world: TheWorld) -> dict[str, int]:
    """End the life of the account's access tokens now, as if two hours had passed."""
    existing_account(world, app_id)
    return {"expired": expire_tokens(world, app_id)}
