"""The committed schema is the one that the code makes."""

from pathlib import Path

from issues.api.schema import build

COMMITTED = Path(__file__).parents[2] / "schema.graphql"


def test_the_committed_schema_is_not_stale() -> None:
    assert COMMITTED.read_text(encoding="utf-8").strip() == build().as_str().strip(), (
        "run: python -m issues schema > services/issues/schema.graphql"
    )
