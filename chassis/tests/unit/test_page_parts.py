"""Of a page's one query a service is asked what it knows, as the gateway asks it."""

import pytest
from chassis.testing_pages import part_of
from graphql import build_schema, parse, print_ast, validate

PAGE = """
query Page($baker: ID!, $first: Int!) {
  baker(id: $baker) { name }
  loaves(first: $first) { id price }
  rating { stars }
}
"""
BAKERY = build_schema(
    """
    type Query { loaves(first: Int!): [Loaf!] baker(id: ID!): Baker }
    type Loaf { id: ID! price: Int }
    type Baker { id: ID! }
    """
)
PEOPLE = build_schema("type Query { baker(id: ID!): Baker } type Baker { id: ID! name: String }")


def same(one: str, other: str) -> bool:
    return print_ast(parse(one)) == print_ast(parse(other))


def test_a_field_goes_where_all_that_it_asks_for_is_known() -> None:
    loaves, people = part_of(PAGE, BAKERY), part_of(PAGE, PEOPLE)

    assert same(loaves, "query Page($first: Int!) { loaves(first: $first) { id price } }")
    assert same(people, "query Page($baker: ID!) { baker(id: $baker) { name } }")
    assert validate(BAKERY, parse(loaves)) == []
    assert validate(PEOPLE, parse(people)) == []


def test_who_knows_nothing_of_a_page_is_told_so() -> None:
    with pytest.raises(AssertionError):
        part_of("{ rating { stars } }", BAKERY)


def test_a_page_is_one_query() -> None:
    for page in ("{ loaves(first: 1) { id } } { rating { stars } }", "fragment F on Loaf { id }"):
        with pytest.raises((AssertionError, ValueError)):
            part_of(page, BAKERY)
