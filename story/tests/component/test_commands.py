"""The commands as a person types them."""

import json
from pathlib import Path

import pytest
from story.__main__ import app
from story.demo_file import DemoFile
from story.planning import plan_demo
from typer.testing import CliRunner

NOBODY = "http://127.0.0.1:9"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder after the first play."""
    demo = plan_demo()
    demo.community_id = "community_1"
    demo.logins[0].totp_secret = TOTP_SECRET
    DemoFile(tmp_path / "demo.json").write(demo)
    return tmp_path


def _run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def test_the_story_ends_with_1_where_nobody_answers_and_says_so(state: Path) -> None:
    places = ("--gateway", NOBODY, "--simulator", NOBODY, "--state", state)
    code, said = _run("play", *places, "--json", state / "report.json")
    assert code == 1
    assert "故事停在第2步" in said
    assert "the gateway answers LogInStaff" in said
    report = json.loads((state / "report.json").read_text())
    assert [step["stopped"] is None for step in report["steps"]] == [True, False]


def test_a_one_time_code_is_printed(state: Path) -> None:
    code, said = _run("totp", "secretary", "--state", state)
    assert code == 0
    assert said.splitlines()[0].isdecimal()
    assert len(said.splitlines()[0]) == 6
    assert "good now" in said


@pytest.mark.parametrize("who", ["mayor", ""])
def test_nobody_gets_a_code_without_a_login(state: Path, who: str) -> None:
    code, said = _run("totp", who, "--state", state)
    assert code == 1
    assert "play the story first" in said


def test_an_address_without_a_scheme_is_refused(state: Path) -> None:
    code, said = _run("play", "--gateway", "localhost:4000", "--state", state)
    assert code == 2
    assert "http://" in said
