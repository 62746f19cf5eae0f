"""The gateway's tests are counted by what Node's reporters write last."""

import pytest
from local_stack.layers import node_test_counts


@pytest.mark.parametrize("mark", ["#", "ℹ", "\x1b[34mℹ"])
def test_passed_and_not_passed_are_counted(mark: str) -> None:
    counts = ["tests 12", "suites 3", "pass 9", "fail 1", "cancelled 1", "skipped 1", "todo 0"]
    said = "✔ a comment (12.5ms)\n" + "".join(f"{mark} {count}\x1b[39m\n" for count in counts)
    assert node_test_counts(said) == (9, 3)


def test_no_summary_is_no_test_passed() -> None:
    assert node_test_counts("Error: Cannot find module") == (0, 0)
