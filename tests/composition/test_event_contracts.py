"""Events on both sides of the wire are held against the contracts of `contracts/events`."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.event_contracts import Contracts, ContractViolated
from jsonschema import Draft202012Validator
from local_stack.events_page import events_page

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "contracts" / "events"
CONTRACTS = Contracts(FOLDER)
SERVICES = ("residents", "issues", "vouchers", "outreach")


def event_classes(package: str) -> Iterator[type[Any]]:
    """Every class of a package that stands for an event: a Struct with a `type` of its own."""
    found = importlib.import_module(package)
    modules = [package]
    if hasattr(found, "__path__"):
        modules = [f"{package}.{each.name}" for each in pkgutil.iter_modules(found.__path__)]
    for name in modules:
        module = importlib.import_module(name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, msgspec.Struct) and kind.__module__ == name and _is_event(kind):
                yield kind


def _is_event(kind: type[Any]) -> bool:
    return isinstance(kind.__dict__.get("type"), str)


def emitting(service: str) -> Iterator[str]:
    """Every module in which a service declares what it emits: its own, and those of its rooms."""
    domain = importlib.import_module(f"{service}.domain")
    for module in pkgutil.walk_packages(domain.__path__, f"{service}.domain."):
        if module.name.endswith(".events"):
            yield module.name


EMITTED = [
    each for service in SERVICES for name in emitting(service) for each in event_classes(name)
]
HEARD = [each for service in SERVICES for each in event_classes(f"{service}.consumers")]


def named(kind: type[Any]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


@pytest.mark.parametrize("event_type", CONTRACTS.types)
def test_a_contract_is_a_closed_described_schema_whose_examples_fit(event_type: str) -> None:
    schema = CONTRACTS.schema(event_type)

    Draft202012Validator.check_schema(schema)
    assert schema["title"] == event_type
    assert schema["description"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])
    assert "community_id" in schema["properties"]
    assert all(field["description"] for field in schema["properties"].values())
    assert CONTRACTS.examples(event_type)
    for example in CONTRACTS.examples(event_type):
        CONTRACTS.check_data(event_type, example)


@pytest.mark.parametrize("event_type", CONTRACTS.types)
def test_a_contract_refuses_what_it_does_not_say(event_type: str) -> None:
    example = CONTRACTS.examples(event_type)[0]

    with pytest.raises(ContractViolated):
        CONTRACTS.check_data(event_type, {**example, "phone": "13812345678"})
    for name in example:
        with pytest.raises(ContractViolated):
            CONTRACTS.check_data(event_type, {**example, name: 5.5})


def test_every_contract_is_emitted_by_exactly_one_class() -> None:
    assert sorted(kind.type for kind in EMITTED) == CONTRACTS.types


@pytest.mark.parametrize("kind", EMITTED, ids=named)
def test_what_is_emitted_is_what_the_contract_says(kind: type[Any]) -> None:
    for example in CONTRACTS.examples(kind.type):
        event = msgspec.convert(example, kind, strict=True)

        CONTRACTS.check(event)
        assert json.loads(msgspec.json.encode(event)) == example


@pytest.mark.parametrize("kind", HEARD, ids=named)
def test_what_is_listened_for_is_in_the_contract(kind: type[Any]) -> None:
    contract = CONTRACTS.schema(kind.type)

    assert set(kind.__struct_encode_fields__) <= set(contract["properties"])
    for example in CONTRACTS.examples(kind.type):
        msgspec.json.decode(json.dumps(example), type=kind)


def test_the_page_of_events_is_what_would_be_generated_now() -> None:
    assert (ROOT / "docs" / "events.md").read_text() == events_page(FOLDER), "make generate"
