"""What a newcomer lacks is named in one line with how to get it."""

import importlib.util
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

LOCAL = Path(__file__).parents[2]
NEW_ENOUGH = {
    "node": "v20.20.2",
    "npm": "10.8.2",
    "java": 'openjdk version "17.0.15" 2025-04-15',
    "mvn": "\x1b[1mApache Maven 3.8.7\x1b[m",
}


@pytest.fixture(scope="module")
def prepare() -> ModuleType:
    """prepare.py runs before there is a package, so it is loaded from its file."""
    spec = importlib.util.spec_from_file_location("prepare", LOCAL / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name.
    sys.modules["prepare"] = module
    spec.loader.exec_module(module)
    return module


def lacking(
    prepare: ModuleType, said: dict[str, str | None], environment: dict[str, str] | None = None
) -> list[str]:
    lines: list[str] = prepare.lacking(
        prepare.TOOLS, environment or {}, lambda command: (NEW_ENOUGH | said)[command[0]]
    )
    return lines


def test_nothing_is_lacking_where_all_is_new_enough(prepare: ModuleType) -> None:
    assert lacking(prepare, {}) == []


@pytest.mark.parametrize("name", ["node", "npm", "java", "mvn"])
def test_a_missing_tool_is_one_line_with_how_to_get_it(prepare: ModuleType, name: str) -> None:
    (line,) = lacking(prepare, {name: None})
    assert "is missing" in line
    assert "Debian 12" in line
    assert "Debian 13" in line or "Debian 12 and 13" in line
    assert "macOS: brew install" in line


def test_an_old_tool_is_named_with_both_versions(prepare: ModuleType) -> None:
    (line,) = lacking(prepare, {"node": "v18.20.4"})
    assert line.startswith("Node.js 18.20.4 is too old: 20.19 or newer.")
    (line,) = lacking(prepare, {"node": "v20.18.3"})
    assert line.startswith("Node.js 20.18.3 is too old: 20.19 or newer.")


@pytest.mark.parametrize(
    "first",
    [
        "Picked up JAVA_TOOL_OPTIONS: -Xmx512m -Dhttp.proxyPort=3128",
        "NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g",
        "WARNING: A method of jansi-2.4.0.jar has been called",
    ],
)
def test_what_java_and_maven_say_before_their_version_is_no_version(
    prepare: ModuleType, first: str
) -> None:
    said = {name: f"{first}\n{NEW_ENOUGH[name]}" for name in ("java", "mvn")}
    assert lacking(prepare, dict(said)) == []
    (line,) = lacking(prepare, {"java": f'{first}\nopenjdk version "11.0.2"'})
    assert line.startswith("Java 11.0.2 is too old")


def test_java_and_maven_are_not_asked_for_where_a_broker_is_given(prepare: ModuleType) -> None:
    given = {"KAFKA_BOOTSTRAP_SERVERS": "broker:9092"}
    assert lacking(prepare, {"java": None, "mvn": None}, given) == []


def test_a_full_disk_is_one_line(prepare: ModuleType) -> None:
    (line,) = prepare.lacking_disk(1024**3)
    assert line.startswith("Only 1.0 GB are free")
    assert prepare.lacking_disk(3 * 1024**3) == []


def test_two_preparations_at_once_install_once(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    both_ask = threading.Barrier(2, timeout=20)
    is_made = prepare.is_made
    first_answers = iter([False, False])

    def looked_at_by_both(folder: Path, wanted: str) -> bool:
        # Both find nothing made before either takes the lock.
        if next(first_answers, None) is None:
            return bool(is_made(folder, wanted))
        both_ask.wait()
        return False

    def install(folder: Path, packages: list[Path], wanted: str) -> None:
        installed.append(wanted)
        (folder / prepare.STAMP).write_text(wanted)

    monkeypatch.setattr(prepare, "is_made", looked_at_by_both)
    monkeypatch.setattr(prepare, "install", install)
    threads = [threading.Thread(target=prepare.make_environment, args=[tmp_path]) for _ in "12"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(installed) == 1


def test_every_package_of_the_repository_is_installed(prepare: ModuleType) -> None:
    names = {str(folder.relative_to(prepare.ROOT)) for folder in prepare.local_packages()}
    assert {"chassis", "services/issues", "simulators/wechat", "deploy/local"} <= names
