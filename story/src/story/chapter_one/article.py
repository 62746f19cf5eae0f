"""Scenes of the official account: it becomes a channel, and today's article is published."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from story.graph import outcome
from story.stage import Person, Stage

_TITLES = ("老旧小区供水改造进展", "入冬供暖，社区在做什么", "楼道里的小事，社区的大事")


@dataclass(frozen=True)
class Today:
    """Today's article: as WeChat has it, and its id in the graph."""

    in_wechat: Any
    article_id: str
    title: str


async def connect_channel(stage: Stage, secretary: Person) -> None:
    """Have the official account registered, and its server address saved in WeChat's console."""
    account = stage.demo.official_account
    await stage.phones.open_account(account)
    if account.channel_id is not None:
        return
    with stage.narrator.step(
        secretary.who,
        f"{secretary.who}把公众号“{account.name}”登记为渠道，微信核对服务器地址。",
        "The secretary registers the official account; WeChat verifies the server address.",
    ) as step:
        given = {
            "requestId": f"{stage.demo.request_id}-channel",
            "name": account.name,
            "kind": "OFFICIAL_ACCOUNT",
            "appId": account.app_id,
            "appSecret": account.secret,
            "callbackToken": account.token,
            "encodingAesKey": account.encoding_aes_key,
            "originalId": account.original_id,
        }
        answer = await stage.ask(secretary, "RegisterChannel", input=given)
        channel = outcome(answer.field("registerChannel"), "RegisterChannelSuccess")["channel"]
        await stage.phones.save_callback(account, channel["callbackUrl"])
        account.channel_id = channel["id"]
        stage.remember()
        step.saw(f"渠道 {channel['id']}，微信已验证 {channel['callbackUrl']}")


async def publish_article(stage: Stage, secretary: Person) -> Today:
    """Publish today's article in WeChat and register it as published."""
    title = f"{_TITLES[(stage.day - 1) % len(_TITLES)]}（第{stage.day}期）"
    with stage.narrator.step(
        secretary.who,
        f"公众号发出文章《{title}》，{secretary.who}登记它。",
        "An article is published in WeChat, and the secretary registers it.",
    ) as step:
        published = await stage.phones.publish(stage.demo.official_account, title)
        at = datetime.fromtimestamp(published["published_at"], UTC)
        made = await stage.do(
            secretary,
            "RegisterPublishedArticle",
            "registerPublishedArticle",
            channelId=stage.demo.official_account.channel_id,
            title=title,
            url=published["url"],
            messageDataId=str(published["msg_data_id"]),
            index=published["index"],
            publishedAt=at.isoformat(),
        )
        article = outcome(made, "RegisterPublishedArticleSuccess")["article"]
        step.saw(f"文章 {article['id']}")
    return Today(published, article["id"], title)
