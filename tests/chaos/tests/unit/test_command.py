"""The command refuses what it cannot kill before it brings anything up."""

from chaos.__main__ import app
from typer.testing import CliRunner


def test_a_name_of_nothing_ends_before_a_stack_is_brought_up() -> None:
    ended = CliRunner().invoke(app, ["--seed", "1", "--only", "mongo"])

    assert ended.exit_code == 2
    assert "mongo" in ended.output
