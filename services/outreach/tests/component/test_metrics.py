"""Figures by day and source over the graph, a real store and a real Kafka."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.ids import new_id
from outreach.domain.china_days import CHINA

from .conftest import Article, OfficialAccount
from .kafka import told
from .running import Graph

_SHOWN = """
fragment Figure on MetricSnapshot {
  id subjectKind subjectId metric value on revision source since statedBy corrects
}
"""
RECORD = (
    """
mutation ($input: RecordMetricInput!) { recordMetric(input: $input) {
  __typename
  ... on RecordMetricSuccess { snapshot { ...Figure } }
  ... on UserError { code message }
} }
"""
    + _SHOWN
)
ARTICLE = (
    """
query ($id: ID!, $first: Int = 20, $after: String) { article(id: $id) {
  reads { ...Figure }
  metrics(first: $first, after: $after) { nodes { ...Figure } pageInfo { hasNextPage endCursor } }
} }
"""
    + _SHOWN
)
READS_OF_MANY = "{ articles { nodes { id reads { value on source } } } }"
FIGURES = (
    """
query ($id: ID!, $year: Int) { community(id: $id) { outreachFigures {
  articlesThisYear(year: $year) { year counted stated { ...Figure } }
  readsThisYear(year: $year) {
    total oldestOn stated { ...Figure }
    known { value numerator denominator rows { nodes { id } } }
  }
  followers { total oldestOn channels { channel { id } figure { value } } stated { ...Figure } }
  metrics(first: 2) { nodes { value } pageInfo { hasNextPage } }
  mostRead(first: 2) { article { id } reads { value on source } }
} } }
"""
    + _SHOWN
)
CHANNEL_METRICS = "{ channels { nodes { metrics { nodes { metric value } } } } }"
TODAY = datetime.now(UTC).astimezone(CHINA).date()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


def figure(article: Article, **changed: object) -> dict[str, Any]:
    return {
        "requestId": new_id("request"),
        "subjectKind": "ARTICLE",
        "subjectId": article.id,
        "metric": "READS",
        "value": 1286,
        "on": YESTERDAY,
        "source": "HAND",
    } | changed


async def recorded(graph: Graph, given: dict[str, Any]) -> Any:
    return (await graph.ask(RECORD, input=given))["recordMetric"]


async def test_a_figure_is_noted_corrected_shown_and_told(
    clerk: Graph, article: Article, community_id: str, kafka_bootstrap_servers: str
) -> None:
    given = figure(article)
    first = (await recorded(clerk, given))["snapshot"]
    assert (await recorded(clerk, given))["snapshot"] == first
    correction = figure(article, value=1268, source="HAND", corrects=first["id"])
    second = (await recorded(clerk, correction))["snapshot"]
    assert (second["revision"], second["corrects"]) == (1, first["id"])

    shown = (await clerk.ask(ARTICLE, id=article.id))["article"]
    assert shown["reads"] == second
    assert shown["metrics"]["nodes"] == [second, first]
    page = (await clerk.ask(ARTICLE, id=article.id, first=1))["article"]["metrics"]
    after = page["pageInfo"]["endCursor"]
    rest = (await clerk.ask(ARTICLE, id=article.id, first=1, after=after))["article"]["metrics"]
    assert rest["nodes"] == [first]
    assert rest["pageInfo"]["hasNextPage"] is False

    events = await told(kafka_bootstrap_servers, community_id, at_least=3)
    captured = [event for event in events if event["type"] == "metric.captured.v1"]
    assert [event["value"] for event in captured if event["snapshot_id"] == first["id"]] == [1286]


async def test_a_community_at_a_glance_with_days_and_sources(
    clerk: Graph, account: OfficialAccount, article: Article, community_id: str
) -> None:
    of_channel = {"subjectKind": "CHANNEL", "subjectId": account.channel_id, "metric": "FOLLOWERS"}
    of_all = {"subjectKind": "COMMUNITY", "subjectId": None, "on": "2021-12-31"}
    said = {"source": "HISTORICAL", "since": "2021-01-01", "statedBy": "某报2022-03-10"}
    await recorded(clerk, figure(article))
    await recorded(clerk, figure(article, value=4_300, **of_channel))
    for metric, value in (("ARTICLES_PUBLISHED", 216), ("FOLLOWERS", 4_250), ("READS", 28_000)):
        stated = await recorded(
            clerk, figure(article, **of_all, **said, metric=metric, value=value)
        )
        assert stated["__typename"] == "RecordMetricSuccess"

    now = (await clerk.ask(FIGURES, id=community_id))["community"]["outreachFigures"]
    then = (await clerk.ask(FIGURES, id=community_id, year=2021))["community"]["outreachFigures"]

    assert (now["articlesThisYear"]["counted"], now["articlesThisYear"]["stated"]) == (1, None)
    assert (now["readsThisYear"]["total"], now["readsThisYear"]["oldestOn"]) == (1286, YESTERDAY)
    known = now["readsThisYear"]["known"]
    assert (known["value"], known["rows"]["nodes"]) == (1.0, [{"id": article.id}])
    assert now["followers"]["total"] == 4_300
    assert now["followers"]["channels"] == [
        {"channel": {"id": account.channel_id}, "figure": {"value": 4_300}}
    ]
    assert now["followers"]["stated"]["value"] == 4_250
    assert now["mostRead"] == [
        {
            "article": {"id": article.id},
            "reads": {"value": 1286, "on": YESTERDAY, "source": "HAND"},
        }
    ]
    assert [it["value"] for it in now["metrics"]["nodes"]] == [28_000, 4_250]
    assert now["metrics"]["pageInfo"]["hasNextPage"] is True
    assert then["articlesThisYear"]["counted"] == 0
    stated = then["articlesThisYear"]["stated"]
    assert (stated["value"], stated["on"], stated["since"]) == (216, "2021-12-31", "2021-01-01")
    assert (stated["source"], stated["statedBy"]) == ("HISTORICAL", "某报2022-03-10")
    assert then["readsThisYear"]["stated"]["value"] == 28_000
    assert (await clerk.ask(CHANNEL_METRICS))["channels"]["nodes"] == [
        {"metrics": {"nodes": [{"metric": "FOLLOWERS", "value": 4_300}]}}
    ]
    assert (await clerk.ask(READS_OF_MANY))["articles"]["nodes"] == [
        {"id": article.id, "reads": {"value": 1286, "on": YESTERDAY, "source": "HAND"}}
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on": (TODAY + timedelta(days=2)).isoformat()}, "METRIC_DAY_IN_FUTURE"),
        ({"value": -1}, "METRIC_VALUE_INVALID"),
        ({"metric": "FOLLOWERS"}, "METRIC_UNFIT"),
        ({"subjectId": "article_x"}, "METRIC_SUBJECT_NOT_FOUND"),
        ({"subjectId": None}, "METRIC_SUBJECT_NOT_FOUND"),
        ({"subjectKind": "CHANNEL"}, "METRIC_SUBJECT_NOT_FOUND"),
        ({"subjectKind": "COMMUNITY"}, "METRIC_SUBJECT_NOT_FOUND"),
        ({"source": "HISTORICAL"}, "METRIC_HISTORY_INVALID"),
        ({"source": "HISTORICAL", "since": "2021-01-01"}, "METRIC_HISTORY_INVALID"),
        ({"statedBy": "某报", "since": "2021-01-01"}, "METRIC_HISTORY_INVALID"),
        ({"corrects": "metric_snapshot_x"}, "METRIC_SNAPSHOT_NOT_FOUND"),
        ({}, "METRIC_ALREADY_RECORDED"),
    ],
)
async def test_what_cannot_be_a_figure_is_refused_by_name_and_nothing_is_noted(
    changed: dict[str, object], code: str, clerk: Graph, article: Article
) -> None:
    noted = (await recorded(clerk, figure(article)))["snapshot"]

    refused = await recorded(clerk, figure(article, value=5) | changed)

    assert refused["code"] == code
    shown = (await clerk.ask(ARTICLE, id=article.id))["article"]
    assert shown["metrics"]["nodes"] == [noted]


async def test_a_correction_of_something_else_or_of_what_was_corrected_is_refused(
    clerk: Graph, article: Article
) -> None:
    wrong = (await recorded(clerk, figure(article)))["snapshot"]
    right = (await recorded(clerk, figure(article, value=5, corrects=wrong["id"])))["snapshot"]

    likes = await recorded(clerk, figure(article, metric="LIKES", corrects=right["id"]))
    late = await recorded(clerk, figure(article, value=6, corrects=wrong["id"]))

    assert (likes["code"], late["code"]) == (
        "METRIC_CORRECTION_MISMATCHED",
        "METRIC_ALREADY_CORRECTED",
    )
    shown = (await clerk.ask(ARTICLE, id=article.id))["article"]
    assert shown["metrics"]["nodes"] == [right, wrong]


@pytest.mark.parametrize("role", ["resident", "steward", "partner", "merchant", "auditor"])
async def test_figures_are_the_staffs(
    role: str, graph_as: Callable[..., Graph], clerk: Graph, article: Article, community_id: str
) -> None:
    other = graph_as(role)

    assert await other.refusal(RECORD, input=figure(article)) == "FORBIDDEN"
    assert await other.refusal(ARTICLE, id=article.id) == "FORBIDDEN"
    assert await other.refusal(FIGURES, id=community_id) == "FORBIDDEN"
    assert (await clerk.ask(ARTICLE, id=article.id))["article"]["metrics"]["nodes"] == []


async def test_another_communitys_figures_are_as_unknown_as_none(
    graph_as: Callable[..., Graph], clerk: Graph, article: Article, community_id: str
) -> None:
    noted = (await recorded(clerk, figure(article)))["snapshot"]
    stranger = graph_as("secretary", community_id=new_id("community"))
    of_their_own = {"subjectKind": "COMMUNITY", "subjectId": None}

    other_article = await recorded(stranger, figure(article))
    other_figure = await recorded(stranger, figure(article, **of_their_own, corrects=noted["id"]))
    of_this = figure(article, subjectKind="COMMUNITY", subjectId=community_id)

    assert other_article["code"] == "METRIC_SUBJECT_NOT_FOUND"
    assert other_figure["code"] == "METRIC_SNAPSHOT_NOT_FOUND"
    assert (await recorded(stranger, of_this))["code"] == "METRIC_SUBJECT_NOT_FOUND"
    assert (await stranger.ask(ARTICLE, id=article.id))["article"] is None
    assert (await clerk.ask(ARTICLE, id=article.id))["article"]["metrics"]["nodes"] == [noted]


@pytest.mark.parametrize("year", [1999, 2101])
async def test_a_year_far_away_is_bad_input(year: int, clerk: Graph, community_id: str) -> None:
    answer = await clerk.answer(FIGURES, id=community_id, year=year)

    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes == {"BAD_USER_INPUT"}
    assert answer["data"]["community"]["outreachFigures"]["followers"]["total"] is None


@pytest.mark.parametrize("after", ["x", "", "kJA"])
async def test_a_cursor_of_another_list_is_bad_input(
    after: str, clerk: Graph, article: Article
) -> None:
    of_articles = (await clerk.ask("{ articles { pageInfo { endCursor } } }"))["articles"]

    for wrong in (after, of_articles["pageInfo"]["endCursor"]):
        answer = await clerk.answer(ARTICLE, id=article.id, after=wrong)
        assert [it["extensions"]["code"] for it in answer["errors"]] == ["BAD_USER_INPUT"]


async def test_of_two_who_note_a_day_at_once_one_is_told_to_correct(
    graph_as: Callable[..., Graph], clerk: Graph, article: Article
) -> None:
    others = [graph_as("clerk") for _ in range(5)]

    outcomes = await asyncio.gather(
        *(recorded(other, figure(article, value=n)) for n, other in enumerate(others))
    )

    noted = [it["snapshot"] for it in outcomes if it["__typename"] == "RecordMetricSuccess"]
    refused = {it["code"] for it in outcomes if it["__typename"] != "RecordMetricSuccess"}
    assert (len(noted), refused) == (1, {"METRIC_ALREADY_RECORDED"})
    shown = (await clerk.ask(ARTICLE, id=article.id))["article"]
    assert (shown["reads"], shown["metrics"]["nodes"]) == (noted[0], noted)
