"""The operations are files of their own, each named as what it holds, each used."""

import re
from pathlib import Path

import pytest
import story.graph
from graphql import OperationDefinitionNode, parse
from story.graph import OPERATIONS_FOLDER, operation

NAMES = sorted(path.stem for path in OPERATIONS_FOLDER.glob("*.graphql"))
SOURCE = Path(story.graph.__file__).parent


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_one_operation_of_its_name(name: str) -> None:
    (definition,) = parse(operation(name)).definitions
    assert isinstance(definition, OperationDefinitionNode)
    assert definition.name is not None
    assert definition.name.value == name


def test_every_operation_is_used() -> None:
    source = "".join(path.read_text() for path in SOURCE.rglob("*.py"))
    assert [name for name in NAMES if not re.search(f'"{name}"', source)] == []
