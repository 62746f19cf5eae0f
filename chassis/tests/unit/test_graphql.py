"""What leaves a schema: data, named errors, and the short list of codes. Nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
import strawberry
from chassis.graphql import Schema, build_schema
from chassis.graphql_context import Context
from chassis.graphql_documents import Limits
from chassis.graphql_errors import UserError
from chassis.identity import Principal
from chassis.schema_rules import check_descriptions, undescribed
from chassis.testing import REQUESTS
from structlog.testing import capture_logs

Ask = Callable[..., Any]


@pytest.fixture
def ask(bakery_schema: Schema, bakery: Any) -> Ask:
    async def ask(query: str, principal: Principal | None = None, **variables: Any) -> Any:
        context = Context(bakery, principal, requests=REQUESTS)
        return await bakery_schema.execute(query, variables, context_value=context)

    return ask


def _errors(result: Any) -> list[dict[str, Any]]:
    return [error.formatted for error in result.errors or ()]


def _codes(result: Any) -> list[str]:
    return [error["extensions"]["code"] for error in _errors(result)]


async def test_a_connection_goes_from_page_to_page(ask: Ask) -> None:
    query = """query($after: String) { cakes(first: 4, after: $after) {
        edges { cursor node { id name } } nodes { id } pageInfo { hasNextPage endCursor } } }"""
    page = (await ask(query)).data["cakes"]
    assert [edge["node"]["name"] for edge in page["edges"]] == ["A", "B", "C", "D"]
    assert page["pageInfo"]["hasNextPage"]
    rest = (await ask(query, after=page["pageInfo"]["endCursor"])).data["cakes"]
    assert [node["id"] for node in rest["nodes"]] == ["e", "f"]
    assert not rest["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize(
    ("how", "name", "code"),
    [
        ("gone", "CakeGone", "CAKE_GONE"),
        ("low", "StockTooLow", "STOCK_TOO_LOW"),
        ("reused", "RequestIdReused", "REQUEST_ID_REUSED"),
    ],
)
async def test_a_domain_error_is_a_member_of_the_union(
    ask: Ask, how: str, name: str, code: str
) -> None:
    result = await ask(
        """mutation($how: String!) { bake(how: $how) {
            __typename ... on UserError { code message } ... on StockTooLow { left } } }""",
        how=how,
    )
    assert not result.errors
    bake = result.data["bake"]
    assert (bake["__typename"], bake["code"]) == (name, code)
    assert bake["message"]
    assert bake.get("left") == (3 if how == "low" else None)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("forbidden", "FORBIDDEN"),
        ("away", "UNAVAILABLE"),
        ("unauthenticated", "UNAUTHENTICATED"),
        ("limited", "RATE_LIMITED"),
    ],
)
async def test_a_top_level_error_has_its_code_and_nothing_more(
    ask: Ask, how: str, code: str
) -> None:
    for query in ('{ fail(how: "%s") }', 'mutation { bake(how: "%s") { __typename } }'):
        result = await ask(query % how)
        (error,) = _errors(result)
        assert error["extensions"] == {"code": code}
        assert error["path"]


async def test_anything_else_is_internal_and_only_the_log_knows_more(ask: Ask) -> None:
    with capture_logs() as logs:
        result = await ask('{ fail(how: "value") me }')
    internal = next(e for e in _errors(result) if e["path"] == ["fail"])
    assert internal["extensions"].keys() == {"code", "errorId"}
    assert internal["extensions"]["code"] == "INTERNAL"
    assert "secret" not in str(internal)
    (line,) = [line for line in logs if line["event"] == "internal error"]
    assert line["error_id"] == internal["extensions"]["errorId"]
    assert isinstance(line["exc_info"], ValueError)


async def test_a_named_error_outside_a_union_is_our_mistake(ask: Ask) -> None:
    assert _codes(await ask('{ fail(how: "unnamed") }')) == ["INTERNAL"]


async def test_a_value_that_is_not_of_its_type_is_our_mistake(ask: Ask) -> None:
    result = await ask("{ tooLarge }")
    assert _codes(result) == ["INTERNAL"]
    assert "1099511627776" not in str(_errors(result))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("{", "Syntax Error"),
        ("{ nope }", "Cannot query field 'nope'"),
        ("query($how: String!) { fail(how: $how) }", "'$how'"),
        ("query($how: String) { fail(how: $how) }", "how"),
        ("{ fail }", "how"),
        ('{ cakes(first: "x") { nodes { id } } }', "Int"),
    ],
)
async def test_a_mistake_in_the_request_keeps_its_text(ask: Ask, query: str, text: str) -> None:
    result = await ask(query)
    assert set(_codes(result)) == {"BAD_USER_INPUT"}
    assert text in _errors(result)[0]["message"]
    assert _errors(result)[0]["message"].startswith("查询有误，请检查：")


@pytest.mark.parametrize("first", [0, -1])
async def test_less_than_one_is_bad_input(ask: Ask, first: int) -> None:
    result = await ask("query($n: Int!) { cakes(first: $n) { nodes { id } } }", n=first)
    assert _codes(result) == ["BAD_USER_INPUT"]


async def test_a_bad_cursor_is_bad_input(ask: Ask) -> None:
    assert _codes(await ask('{ cakes(after: "zz") { nodes { id } } }')) == ["BAD_USER_INPUT"]


def _bombs() -> dict[str, str]:
    spreads = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(60))
    return {
        "huge list": "{ cakes(first: 101) { nodes { id } } }",
        "aliases": "{" + " ".join(f"a{n}: me" for n in range(51)) + "}",
        "aliases in fragments": "{ ...f ...f } fragment f on Query {"
        + " ".join(f"a{n}: me" for n in range(26))
        + "}",
        "tokens": "{" + " me" * 2_000 + "}",
        "characters": "{ me }" + " " * 50_000,
        "very deep": "{" + "a {" * 900 + " b " + "}" * 900 + "}",
        "deep list": "{ fail(how: " + "[" * 900 + "]" * 900 + ") }",
        "deep object": "{ fail(how: " + "{a: " * 600 + "1" + "}" * 600 + ") }",
        "deep type": "query($v: " + "[" * 900 + "Int" + "]" * 900 + ") { me }",
        "inline fragments": "{" + "... {" * 450 + "me" + "}" * 450 + "}",
        "the same field": "{" + " me" * 501 + "}",
        "spreads": "{" + " ...f" * 501 + "} fragment f on Query { me }",
        "directives": "{ me " + "@include(if: true) " * 300 + "}",
        "depth": "{" + "a {" * 12 + " b " + "}" * 12 + "}",
        "doubling fragments": "{ ...f0 } " + spreads + "fragment f60 on Query { me }",
        "circular fragments": "{ ...a } fragment a on Query { ...b ...b } "
        "fragment b on Query { ...a ...a me }",
    }


@pytest.mark.parametrize("name", [name for name in _bombs() if name != "circular fragments"])
@pytest.mark.timeout(5)
async def test_a_bomb_is_refused_at_once(ask: Ask, name: str) -> None:
    assert set(_codes(await ask(_bombs()[name]))) == {"QUERY_REFUSED"}


@pytest.mark.timeout(5)
async def test_circular_fragments_are_bad_input(ask: Ask) -> None:
    assert set(_codes(await ask(_bombs()["circular fragments"]))) == {"BAD_USER_INPUT"}


async def test_only_the_first_mistakes_are_listed(ask: Ask) -> None:
    result = await ask("{" + " ".join(f"x{n}" for n in range(400)) + "}")
    assert len(result.errors) <= 11


async def test_introspection_is_not_a_deep_query(ask: Ask) -> None:
    from graphql import get_introspection_query

    assert not (await ask(get_introspection_query())).errors


async def test_introspection_can_be_turned_off() -> None:
    @strawberry.type
    class Query:
        one: int = 1

    schema = build_schema(query=Query, introspection=False)
    assert not (await schema.execute("{ _service { sdl } __typename }")).errors
    refused = await schema.execute("{ __schema { types { name } } }")
    assert set(_codes(refused)) == {"BAD_USER_INPUT"}


async def test_a_service_may_set_its_limits() -> None:
    @strawberry.type
    class Query:
        one: int = 1

    schema = build_schema(query=Query, limits=Limits(aliases=1))
    assert _codes(await schema.execute("{ a: one b: one }")) == ["QUERY_REFUSED"]


async def test_references_are_read_together_and_in_order(ask: Ask, bakery: Any) -> None:
    query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Cake { id name } } }"
    keys = [{"__typename": "Cake", "id": key} for key in ("b", "none", "a", "b")]
    result = await ask(query, r=keys)
    found = [cake and cake["name"] for cake in result.data["_entities"]]
    assert found == ["B", None, "A", "B"]
    assert bakery.reads == [["b", "none", "a"]]


@pytest.mark.parametrize(
    "bad",
    [
        {"__typename": "Cake", "id": {"$gt": ""}}, {"__typename": "Cake", "id": ["a"]},
        {"__typename": "Cake"}, {"id": "a"}, {"__typename": "PageInfo"}, {"__typename": "Nope"},
        {"__typename": 7}, {"__typename": "String"}, "Cake", 7, None, [],
    ],
)  # fmt: skip
async def test_a_bad_reference_costs_itself_only(ask: Ask, bakery: Any, bad: object) -> None:
    query = "query($r: [_Any]!) { _entities(representations: $r) { ... on Cake { id } } }"
    query = query.replace("[_Any]!", "[_Any!]!")
    result = await ask(query, r=[bad, {"__typename": "Cake", "id": "a", "surplus": {"x": 1}}])
    assert set(_codes(result)) == {"BAD_USER_INPUT"}
    if bad is not None:  # null where the schema says that there is none refuses the whole query
        assert result.data["_entities"] == [None, {"id": "a"}]


async def test_too_many_references_are_refused(ask: Ask, bakery: Any) -> None:
    query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Cake { id } } }"
    result = await ask(query, r=[{"__typename": "Cake", "id": "a"}] * 2_001)
    assert _codes(result) == ["QUERY_REFUSED"]
    assert not bakery.reads


@pytest.mark.parametrize("request_id", ["", "x" * 101])
async def test_a_request_id_that_cannot_be_kept_is_bad_input(ask: Ask, request_id: str) -> None:
    query = 'mutation($id: String!) { bake(how: "well", requestId: $id) { __typename } }'
    assert _codes(await ask(query, id=request_id)) == ["BAD_USER_INPUT"]


async def test_half_a_character_in_an_input_is_bad_input(ask: Ask) -> None:
    query = "mutation($a: String!, $id: String!) { bake(how: $a, requestId: $id) { __typename } }"
    assert _codes(await ask(query, a="\ud800", id="r")) == ["BAD_USER_INPUT"]
    assert _codes(await ask(query, a="well", id="\udfff")) == ["BAD_USER_INPUT"]


BAKE = 'bake(how: "well") { ... on BakeSuccess { cake { name } } }'
TWO = f"mutation a {{ {BAKE} }} mutation b {{ {BAKE} }}"


async def test_which_of_several_operations_is_not_guessed(ask: Ask, bakery: Any) -> None:
    result = await ask(TWO)
    assert _codes(result) == ["BAD_USER_INPUT"]
    assert "operationName" in _errors(result)[0]["message"]
    assert not bakery.reads


async def test_one_of_several_operations_is_run_by_its_name(
    bakery_schema: Schema, bakery: Any
) -> None:
    context = Context(bakery, None, requests=REQUESTS)
    result = await bakery_schema.execute(TWO, context_value=context, operation_name="b")
    assert not result.errors
    assert len(bakery.reads) == 1


async def test_nobody_is_unauthenticated_where_somebody_is_needed(ask: Ask) -> None:
    assert _codes(await ask("{ me }")) == ["UNAUTHENTICATED"]


def test_the_schema_says_who_may_ask(bakery_schema: Schema) -> None:
    sdl = bakery_schema.as_str()
    assert "federation/v2.9" in sdl
    assert '@authenticated @requiresScopes(scopes: [["role:clerk"], ["role:baker"]])' in sdl
    assert "type PageInfo @shareable" in sdl
    assert "type StockTooLow implements UserError @shareable" in sdl


def test_everything_is_described(bakery_schema: Schema) -> None:
    check_descriptions(bakery_schema)


def test_what_is_not_described_is_named() -> None:
    @strawberry.input
    class Order:
        count: int

    @strawberry.type
    class Query:
        @strawberry.field
        def buy(self, order: Order) -> bool:
            return bool(order.count)

    schema = build_schema(query=Query)
    assert undescribed(schema) == ["Order", "Order.count", "Query", "Query.buy", "Query.buy(order)"]
    with pytest.raises(AssertionError, match=r"Query\.buy\(order\)"):
        check_descriptions(schema)


def test_an_error_that_nobody_handles_stops_the_start() -> None:
    @strawberry.type
    class Forgotten(UserError):
        pass

    @strawberry.type
    class Query:
        forgotten: Forgotten | None = None

    with pytest.raises(TypeError, match="Forgotten implements UserError"):
        build_schema(query=Query)
    with pytest.raises(TypeError, match="must be decorated with error_type"):
        build_schema(query=Query, errors=[Forgotten])
