"""Two stacks that find the gateway's packages missing at once install them once."""

import threading
from pathlib import Path

import pytest
from local_stack import installing


def test_two_installations_at_once_run_npm_ci_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "stamp"
    ran: list[str] = []
    second_asks = threading.Event()

    def npm_ci(npm: str) -> None:
        ran.append(npm)
        second.start()
        assert second_asks.wait(20)
        stamp.touch()

    def ask() -> None:
        second_asks.set()
        installing.install_gateway()

    second = threading.Thread(target=ask)
    monkeypatch.setenv("LINLI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(installing, "gateway_is_installed", stamp.exists)
    monkeypatch.setattr(installing, "_npm_ci", npm_ci)
    installing.install_gateway()
    second.join(20)
    assert ran == ["npm"]
