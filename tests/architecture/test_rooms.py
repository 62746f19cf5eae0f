"""How the house is kept: rules about files that no other tool checks."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
LINES_ONE_CAN_SCROLL = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(  # noqa: S603
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def test_packages_open_without_code() -> None:
    assert [path for path in tracked("*__init__.py") if path.read_text().strip()] == []


def test_every_name_says_what_lives_there() -> None:
    files = tracked("*.py", "*.mjs", "*.js", "*.ts")

    assert files
    assert [p for p in files if NAMES_THAT_SAY_NOTHING & {p.stem, p.parent.name}] == []


def test_no_file_is_a_long_scroll() -> None:
    files = tracked("*.py", "*.mjs", "*.js", "*.ts")

    assert [p for p in files if len(p.read_text().splitlines()) > LINES_ONE_CAN_SCROLL] == []


def test_no_lock_or_config_names_a_registry_host() -> None:
    hosts = [
        ".".join(parts)
        for parts in (("files", "pythonhosted"), ("pypi", "org"), ("registry", "npmjs"))
    ]
    files = tracked("*.txt", "*.toml", "*.json", "*.lock", "*.xml", "*.yaml", "*.cfg", "*.npmrc")

    assert files
    assert [p for p in files if any(host in p.read_text() for host in hosts)] == []


def test_chinese_sentences_have_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]")
    files = tracked("*/src/*.py", "gateway/src/*.js", "contracts/*", "*.graphql")
    spoken = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')

    assert files
    assert [
        (path, sentence)
        for path in files
        for sentence in spoken.findall(path.read_text())
        if half_width.search(sentence)
    ] == []
