"""An operator's command runs here, or wherever SERVICE_COMMAND says."""

import sys

import pytest
from story.service_commands import VARIABLE, service_command


def test_without_a_word_it_is_the_local_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    assert service_command("vouchers") == (sys.executable, "-m", "vouchers")


def test_it_can_be_a_pod_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "kubectl exec --stdin deployment/{service}-api -- linli")

    assert service_command("vouchers") == (
        *("kubectl", "exec", "--stdin", "deployment/vouchers-api", "--", "linli"),
    )
