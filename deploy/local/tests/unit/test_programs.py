"""What whoever starts the stack has set reaches the process that it is for."""

from pathlib import Path

import pytest
from local_stack.layout import Layout
from local_stack.programs import Stores, programs
from local_stack.secrets_file import stack_secrets


def environments(state: Path) -> dict[str, dict[str, str]]:
    """Of every process, by its name."""
    stores = Stores("mongodb://given", "given:9092", store=None, kafka=None)
    found = programs(Layout(state, 20_000), stores, stack_secrets(state))
    return {program.name: dict(program.env) for program in found}


def test_a_pace_is_for_the_gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "REQUESTS_PER_MINUTE" not in environments(tmp_path)["gateway"]

    monkeypatch.setenv("REQUESTS_PER_MINUTE", "7")
    monkeypatch.setenv("ANONYMOUS_REQUESTS_PER_MINUTE", "8")

    gateway = environments(tmp_path)["gateway"]
    assert (gateway["REQUESTS_PER_MINUTE"], gateway["ANONYMOUS_REQUESTS_PER_MINUTE"]) == ("7", "8")


def test_a_log_level_is_for_every_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")

    levels = {name: env.get("LOG_LEVEL") for name, env in environments(tmp_path).items()}
    assert levels["issues-api"] == levels["vouchers-worker"] == "DEBUG"
