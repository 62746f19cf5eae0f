"""A bakery has the commands that every service has."""

import asyncio
import base64
from typing import ClassVar
from uuid import uuid4

import pytest
import typer
from chassis.graphql import Schema
from chassis.mongo import Index, Store
from chassis.server import Service
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import ServiceSettings
from typer.testing import CliRunner

ORDERS = Index(collection="orders", keys=(("community_id", 1), ("baked_at", -1)))


class BakerySettings(ServiceSettings):
    service_name: ClassVar[str] = "bakery"


async def _build(settings: BakerySettings) -> Service:
    raise AssertionError(f"nobody asked for a process of {settings.service_name}")


@pytest.fixture
def app(bakery_schema: Schema) -> typer.Typer:
    app = typer.Typer()
    processes = Processes(BakerySettings, _build, _build, lambda: bakery_schema, lambda _: [ORDERS])
    mount_service_commands(app, processes)
    return app


@pytest.fixture
def variables(mongodb_uri: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    key = base64.urlsafe_b64encode(bytes(32)).decode()
    variables = {
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"test_{uuid4().hex[:12]}",
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "KEY_WRAPPING_KEYS": f"test:{key}",
        "LOOKUP_HASH_KEY": key,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


def test_the_schema_needs_no_setting(app: typer.Typer, bakery_schema: Schema) -> None:
    printed = CliRunner().invoke(app, ["schema"])

    assert printed.exit_code == 0
    assert printed.stdout.strip() == bakery_schema.as_str().strip()


async def test_the_indexes_are_made(app: typer.Typer, variables: dict[str, str]) -> None:
    would = await asyncio.to_thread(CliRunner().invoke, app, ["create-indexes", "--dry-run"])
    assert would.exit_code == 0
    assert would.stdout == f"would make orders.{ORDERS.name}\n0 indexes are there\n"

    done = await asyncio.to_thread(CliRunner().invoke, app, ["create-indexes"])

    assert (done.exit_code, done.stdout) == (0, "1 indexes are there\n")
    store = Store.connect(variables["MONGODB_URI"], variables["MONGODB_DATABASE"])
    try:
        orders = store.collection("orders")
        await orders.insert_one({"_id": "1", "community_id": "here", "baked_at": 1})
        plan = await orders.explain_find({"community_id": "here"}, sort=(("baked_at", -1),))
    finally:
        await store.close()
    assert ORDERS.name in str(plan)
    again = await asyncio.to_thread(CliRunner().invoke, app, ["create-indexes", "--dry-run"])
    assert again.stdout == "1 indexes are there\n"


def test_a_missing_setting_ends_a_process_with_code_2(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONGODB_URI", raising=False)

    for command in ("api", "worker", "create-indexes"):
        assert CliRunner().invoke(app, [command]).exit_code == 2
