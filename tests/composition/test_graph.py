"""What the graph promises its clients: each rule holds, and is seen to fail on a planted fault."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from graphql import (
    ConstDirectiveNode,
    EnumValueNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    build_schema,
    find_breaking_changes,
    is_introspection_type,
    is_specified_scalar_type,
    parse,
    validate,
)

_GONE = re.compile(r"\bGone (\d{4}-\d{2}-\d{2})\.")
ROOT = Path(__file__).parents[2]
GATEWAY = ROOT / "gateway"
OPERATIONS = sorted([*GATEWAY.glob("operations/*/*.graphql"), *ROOT.glob("story/operations/*")])
TODAY = datetime.now(UTC).date()
_NAMES_OF_FILES = {"promise", "then", "arrayBuffer"}
Described = GraphQLField | GraphQLArgument | GraphQLInputField | GraphQLEnumValue


def _own_types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    for named in schema.type_map.values():
        if not is_introspection_type(named) and not is_specified_scalar_type(named):
            yield named


def _members(named: GraphQLNamedType) -> Iterator[tuple[str, Described]]:
    if isinstance(named, GraphQLEnumType):
        for name, value in named.values.items():
            yield f"{named.name}.{name}", value
    if isinstance(named, GraphQLInputObjectType):
        for name, given in named.fields.items():
            yield f"{named.name}.{name}", given
    if isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in named.fields.items():
            yield f"{named.name}.{name}", field
            for argument, described in field.args.items():
                yield f"{named.name}.{name}({argument})", described


def undescribed(schema: GraphQLSchema) -> list[str]:
    """Return every type, field, argument and enum value that says nothing of itself."""
    found = []
    for named in _own_types(schema):
        if not named.description:
            found.append(named.name)
        found += [where for where, member in _members(named) if not member.description]
    return sorted(found)


def deprecations(schema: GraphQLSchema) -> dict[str, str]:
    """Return the reason of everything that is deprecated, by its coordinate."""
    return {
        where: member.deprecation_reason
        for named in _own_types(schema)
        for where, member in _members(named)
        if member.deprecation_reason is not None
    }


def _gone_on(reason: str) -> date | None:
    found = _GONE.search(reason)
    return date.fromisoformat(found[1]) if found else None


def deprecation_faults(schema: GraphQLSchema, today: date) -> list[str]:
    """Return what is deprecated without an end, or past it and still there."""
    faults = []
    for where, reason in sorted(deprecations(schema).items()):
        gone = _gone_on(reason)
        if gone is None:
            faults.append(f"{where} is deprecated without an end: write 'Gone YYYY-MM-DD.'")
        elif gone <= today:
            faults.append(f"{where} should be gone since {gone}")
    return faults


def broken_promises(published: GraphQLSchema, now: GraphQLSchema, today: date) -> list[str]:
    """Return what would break a client of the published graph.

    A field may go once the date has come that its deprecation named.
    """
    due = {
        where
        for where, reason in deprecations(published).items()
        if (gone := _gone_on(reason)) is not None and gone <= today
    }
    return sorted(
        change.description
        for change in find_breaking_changes(published, now)
        if not any(f" {where} was removed" in change.description for where in due)
    )


def _graphs(directives: Iterable[ConstDirectiveNode] | None, name: str) -> set[str]:
    return {
        argument.value.value
        for directive in directives or ()
        if directive.name.value == name
        for argument in directive.arguments or ()
        if argument.name.value == "graph" and isinstance(argument.value, EnumValueNode)
    }


def _name_of(node: TypeNode) -> str:
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def lost_with_another(supergraph: str) -> list[str]:
    """Return the fields that would take a shared page with them when their service is away.

    A root field that several services answer returns a type to which each adds its own fields.
    If one of those may not be null and its service is away, the null goes up and empties what
    the other services answered. The key, which each of them has, is left out.
    """
    types = {
        node.name.value: node
        for node in parse(supergraph).definitions
        if isinstance(node, ObjectTypeDefinitionNode)
    }
    faults = set()
    for root in types["Query"].fields or ():
        shared = types.get(_name_of(root.type))
        if shared is None or len(_graphs(root.directives, "join__field")) == 1:
            continue
        everywhere = _graphs(shared.directives, "join__type")
        for field in shared.fields or ():
            owners = _graphs(field.directives, "join__field") or everywhere
            if owners != everywhere and isinstance(field.type, NonNullTypeNode):
                faults.add(f"{shared.name.value}.{field.name.value}")
    return sorted(faults)


def taken_for_files(schema: GraphQLSchema) -> list[str]:
    """Return the input fields whose name makes the gateway's HTTP library see a file.

    It sends every value with one of these as an upload, and so as null.
    """
    return sorted(
        f"{named.name}.{name}"
        for named in _own_types(schema)
        if isinstance(named, GraphQLInputObjectType)
        for name in named.fields
        if name in _NAMES_OF_FILES
    )


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((GATEWAY / "schema.graphql").read_text())


def test_everything_in_the_graph_is_described(schema: GraphQLSchema) -> None:
    assert undescribed(schema) == []


def test_no_input_is_taken_for_a_file(schema: GraphQLSchema) -> None:
    planted = build_schema("type Query { a(b: B): Int } input B { promise: Int promised: Int }")
    assert taken_for_files(planted) == ["B.promise"]
    assert taken_for_files(schema) == []


def test_what_is_deprecated_has_an_end_that_is_not_past(schema: GraphQLSchema) -> None:
    assert deprecation_faults(schema, TODAY) == []


def test_no_promise_to_clients_is_broken(schema: GraphQLSchema) -> None:
    published = build_schema((GATEWAY / "published.graphql").read_text())
    assert broken_promises(published, schema, TODAY) == []


def test_a_service_that_is_away_costs_its_own_fields_only() -> None:
    assert lost_with_another((GATEWAY / "supergraph.graphql").read_text()) == []


@pytest.mark.parametrize("file", OPERATIONS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_operation_is_valid(schema: GraphQLSchema, file: Path) -> None:
    assert [error.message for error in validate(schema, parse(file.read_text()))] == []


DESCRIBED = """
"Asked." type Query { "One." one("How." how: Mode "With." with: Given): Int }
"How." enum Mode { "Fast." FAST }
"What." input Given { "Much." much: Int }
"""


@pytest.mark.parametrize(
    ("description", "missing"),
    [
        ('"Asked." ', "Query"),
        ('"One." ', "Query.one"),
        ('"How." how', "Query.one(how)"),
        ('"Fast." ', "Mode.FAST"),
        ('"Much." ', "Given.much"),
        ('"What." ', "Given"),
    ],
)
def test_a_missing_description_is_found(description: str, missing: str) -> None:
    assert undescribed(build_schema(DESCRIBED)) == []
    without = DESCRIBED.replace(description, description.partition('" ')[2])
    assert undescribed(build_schema(without)) == [missing]


OLD = 'type Query { a: Int b: Int @deprecated(reason: "Use a. Gone 2027-04-01.") }'


def test_a_deprecated_field_is_overdue_from_its_day_on() -> None:
    assert deprecation_faults(build_schema(OLD), date(2027, 3, 31)) == []
    faults = deprecation_faults(build_schema(OLD), date(2027, 4, 1))
    assert faults == ["Query.b should be gone since 2027-04-01"]


def test_a_deprecation_without_an_end_is_found() -> None:
    endless = OLD.replace(" Gone 2027-04-01.", "")
    [fault] = deprecation_faults(build_schema(endless), date(2027, 1, 1))
    assert fault.startswith("Query.b is deprecated without an end")


def test_a_field_that_went_is_found_and_an_addition_is_none() -> None:
    published = build_schema(OLD)
    assert (
        broken_promises(published, build_schema("type Query { a: Int! b: Int c: Int }"), TODAY)
        == []
    )
    gone = broken_promises(published, build_schema("type Query { b: Int }"), TODAY)
    assert gone == ["Field Query.a was removed."]
    changed = broken_promises(published, build_schema("type Query { a: String b: Int }"), TODAY)
    assert changed == ["Field Query.a changed type from Int to String."]


def test_a_deprecated_field_may_go_on_its_day_and_not_before() -> None:
    published, without = build_schema(OLD), build_schema("type Query { a: Int }")
    assert broken_promises(published, without, date(2027, 3, 31)) == ["Field Query.b was removed."]
    assert broken_promises(published, without, date(2027, 4, 1)) == []


def test_a_field_that_would_empty_a_shared_page_is_found() -> None:
    supergraph = """
      type Query { shared: Shared own: Own @join__field(graph: A) }
      type Own @join__type(graph: A) { must: Int! }
      type Shared @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
        id: ID!
        may: Int @join__field(graph: A)
        must: Int! @join__field(graph: B)
      }
    """
    assert lost_with_another(supergraph) == ["Shared.must"]
