"""Two stacks that find a folder's Node packages missing at once install them once."""

import threading
from pathlib import Path

import pytest
from local_stack.node_packages import NodePackages


def test_two_installations_at_once_run_npm_ci_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages, stamp = NodePackages(tmp_path), tmp_path / "stamp"
    ran: list[str] = []
    second_asks = threading.Event()

    def npm_ci(_: NodePackages, npm: str) -> None:
        ran.append(npm)
        second.start()
        assert second_asks.wait(20)
        stamp.touch()

    def ask() -> None:
        second_asks.set()
        packages.install()

    second = threading.Thread(target=ask)
    monkeypatch.setenv("LINLI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(NodePackages, "are_installed", lambda _: stamp.exists())
    monkeypatch.setattr(NodePackages, "_npm_ci", npm_ci)
    packages.install()
    second.join(20)
    assert ran == ["npm"]
