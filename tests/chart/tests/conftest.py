"""Releases that many tests look at, rendered once."""

from pathlib import Path

import pytest
from charted.rendering import CHARTS, Rendered, render

EVERYTHING = Path(__file__).parents[1] / "values-everything.yaml"


@pytest.fixture(scope="session")
def trial() -> Rendered:
    return render("linli", (CHARTS / "linli" / "values-trial.yaml",))


@pytest.fixture(scope="session")
def production() -> Rendered:
    return render("linli", (CHARTS / "linli" / "values-production.yaml",))


@pytest.fixture(scope="session")
def everything() -> Rendered:
    return render("linli", (EVERYTHING,))


@pytest.fixture(scope="session")
def stores() -> Rendered:
    """The chart of the trial's stores and simulator."""
    return render("linli-trial")


@pytest.fixture(scope="session", params=["trial", "production", "everything", "stores"])
def release(request: pytest.FixtureRequest) -> Rendered:
    """Each of them in turn."""
    rendered: Rendered = request.getfixturevalue(request.param)
    return rendered
