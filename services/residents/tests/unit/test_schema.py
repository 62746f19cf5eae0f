"""The schema that is committed is the one that is served, and says what everything is."""

from pathlib import Path

from chassis.schema_rules import check_descriptions
from graphql import is_non_null_type
from residents.api.schema import build

COMMITTED = Path(__file__).parents[2] / "schema.graphql"


def test_everything_is_described() -> None:
    check_descriptions(build())


def test_a_mutation_that_fails_leaves_the_outcome_of_the_one_before() -> None:
    """A null where none may be empties the whole answer, with what was done before in it."""
    mutation = build()._schema.mutation_type
    assert mutation is not None
    assert [name for name, field in mutation.fields.items() if is_non_null_type(field.type)] == []


def test_the_committed_schema_is_the_one_served() -> None:
    assert COMMITTED.read_text().strip() == build().as_str().strip(), (
        "run: python -m residents schema > services/residents/schema.graphql"
    )
