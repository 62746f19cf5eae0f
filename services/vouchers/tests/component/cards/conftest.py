"""A market day of the test's own."""

from collections.abc import Callable

import pytest

from ..graph import Graph, Person
from ..kafka import Others
from .market import Market


@pytest.fixture
def market(
    graph: Graph,
    others: Others,
    environment: dict[str, str],
    person_as: Callable[..., Person],
    clerk: Person,
    secretary: Person,
) -> Market:
    return Market(graph, others, environment, person_as, clerk, secretary)
