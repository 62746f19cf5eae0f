"""Every error that a till can meet has a status of its own, and what HTTP asks for with it."""

import json
from importlib import import_module
from typing import Any

import pytest
from chassis.errors import ChassisError, RateLimited, Unauthenticated, Unavailable
from vouchers.api.till.answers import refused
from vouchers.domain.cards.errors import BillBelowMinimum, RemainderTooLow
from vouchers.domain.errors import VouchersError

for room in ("campaigns", "cards", "ledger", "merchants"):
    import_module(f"vouchers.domain.{room}.errors")


def kinds_of(kind: type[Exception]) -> list[Any]:
    """All that are raised by name."""
    found = [each for below in kind.__subclasses__() for each in kinds_of(below)]
    return [*found, kind] if hasattr(kind, "message") else found


@pytest.mark.parametrize("base", [ChassisError, VouchersError])
def test_every_error_has_a_status_below_500_or_is_unavailable(base: type[Exception]) -> None:
    kinds = kinds_of(base)

    assert len(kinds) > 8
    for kind in kinds:
        answer = refused(kind())
        unavailable = issubclass(kind, Unavailable)
        assert answer.status_code == 503 if unavailable else 400 <= answer.status_code < 500
        assert json.loads(bytes(answer.body))["code"] == kind.code


@pytest.mark.parametrize(
    ("error", "name", "value"),
    [
        (Unauthenticated(), "www-authenticate", "Bearer"),
        (RateLimited(), "retry-after", "1"),
        (RateLimited(retry_after_seconds=600), "retry-after", "600"),
        (Unavailable(), "retry-after", "1"),
    ],
)
def test_what_http_asks_for_is_there(error: ChassisError, name: str, value: str) -> None:
    answer = refused(error)

    assert answer.headers[name] == value
    assert answer.headers["cache-control"] == "no-store"


def test_a_till_learns_the_figures_as_the_portal_does() -> None:
    assert json.loads(bytes(refused(BillBelowMinimum(5_000)).body))["minimumSpendFen"] == 5_000
    assert json.loads(bytes(refused(RemainderTooLow(1_200)).body))["remainingFen"] == 1_200
