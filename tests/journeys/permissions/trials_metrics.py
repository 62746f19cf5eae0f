"""How to try what is about dated figures."""

from datetime import date, timedelta

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, nothing

_RECORD = (
    "mutation M($input: RecordMetricInput!) { recordMetric(input: $input) "
    "{ ... on RecordMetricSuccess { snapshot { id } } } }"
)
_PAGE = "{ pageInfo { hasNextPage } }"


def _another_day(world: World) -> str:
    """Each day has one figure, so each trial has a day of its own."""
    return (date(2001, 1, 1) + timedelta(days=world.number())).isoformat()


async def _new_figure(world: World, _: str) -> Variables:
    about = {"subjectKind": "ARTICLE", "subjectId": world.article_id, "metric": "SHARES"}
    return {**about, "value": 42, "on": _another_day(world)}


async def _an_article(world: World, _: str) -> Variables:
    return {"id": world.article_id}


async def _article_with_reads(world: World, _: str) -> Variables:
    reads = {
        "requestId": world.request_id(),
        "subjectKind": "ARTICLE",
        "subjectId": world.article_id,
        "metric": "READS",
        "value": 1286,
        "on": _another_day(world),
    }
    await world.secretary(_RECORD, {"input": reads}, "recordMetric")
    return {"id": world.article_id}


def _of_article(field: str, fields: str) -> str:
    return f"query Q($id: ID!) {{ article(id: $id) {{ {field} {fields} }} }}"


METRIC_TRIALS: dict[str, Trial] = {
    "Article.metrics": Trial(
        "outreach", _of_article("metrics", _PAGE), _an_article, ("article", "metrics")
    ),
    "Article.reads": Trial(
        "outreach", _of_article("reads", "{ value on }"), _article_with_reads, ("article", "reads")
    ),
    "Channel.metrics": Trial(
        "outreach",
        f"query Q {{ channels {{ nodes {{ metrics {_PAGE} }} }} }}",
        nothing,
        ("channels", "nodes", 0, "metrics"),
    ),
    "Mutation.recordMetric": mutation("outreach", "recordMetric", _new_figure),
}
