"""Who works by WeChat is held to the mini-program's documents; all they may do has one."""

from pathlib import Path

import pytest
import yaml
from graphql import FieldNode, OperationDefinitionNode, parse

ROOT = Path(__file__).parents[2]
OPERATIONS: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "contracts/permissions.yaml").read_text()
)["operations"]
DOCUMENTS = sorted((ROOT / "gateway/operations/miniprogram").glob("*.graphql"))


def asked_by_the_phone() -> set[str]:
    """Every root field that some document of the mini-program asks for."""
    found: set[str] = set()
    for path in DOCUMENTS:
        for operation in parse(path.read_text()).definitions:
            if isinstance(operation, OperationDefinitionNode):
                kind = operation.operation.value.capitalize()
                found |= {
                    f"{kind}.{field.name.value}"
                    for field in operation.selection_set.selections
                    if isinstance(field, FieldNode)
                }
    return found


def work_of_stewards() -> list[str]:
    """What a steward may ask as one, and not as the resident that a steward is too."""
    return [
        name
        for name, roles in OPERATIONS.items()
        if "steward" in roles and "resident" not in roles and not _is_field(name)
    ]


def _is_field(name: str) -> bool:
    return name.partition(".")[0] not in ("Query", "Mutation")


@pytest.mark.parametrize("operation", work_of_stewards())
def test_what_a_steward_may_do_can_be_asked_by_the_phone(operation: str) -> None:
    assert operation in asked_by_the_phone()
