"""Reads by id, many at once."""

from collections.abc import Sequence

from chassis.graphql_context import Context, Loader

from outreach.api.context import actor_of
from outreach.application.outreach import Outreach
from outreach.domain.articles import Article
from outreach.domain.channels import Channel
from outreach.domain.comments import Comment


async def _channels(context: Context[Outreach], ids: Sequence[str]) -> Sequence[Channel | None]:
    return await context.application.queries.channels_by_id(actor_of(context), ids)


async def _articles(context: Context[Outreach], ids: Sequence[str]) -> Sequence[Article | None]:
    return await context.application.queries.articles_by_id(actor_of(context), ids)


async def _comments(context: Context[Outreach], ids: Sequence[str]) -> Sequence[Comment | None]:
    return await context.application.queries.comments_by_id(actor_of(context), ids)


channels: Loader[Outreach, str, Channel | None] = Loader(_channels)
articles: Loader[Outreach, str, Article | None] = Loader(_articles)
comments: Loader[Outreach, str, Comment | None] = Loader(_comments)
