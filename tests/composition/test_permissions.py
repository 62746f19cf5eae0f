"""`contracts/permissions.yaml` names every operation of every schema, as the schemas guard it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import DirectiveNode, ObjectTypeDefinitionNode, parse
from graphql.language import ast

ROOT = Path(__file__).parents[2]
CONTRACT: dict[str, Any] = yaml.safe_load((ROOT / "contracts/permissions.yaml").read_text())
ROLES = set(CONTRACT["roles"])
OPERATIONS: dict[str, dict[str, str]] = CONTRACT["operations"]
ROOT_TYPES = {"Query", "Mutation", "Subscription"}
OF_THE_FEDERATION = {"Query._entities", "Query._service"}

Field = ast.FieldDefinitionNode


def guarded_fields() -> dict[str, Field]:
    """Every root field of every service, and every other field that asks for a scope."""
    found: dict[str, Field] = {}
    for path in sorted(ROOT.glob("services/*/schema.graphql")):
        for definition in parse(path.read_text()).definitions:
            if not isinstance(definition, ObjectTypeDefinitionNode):
                continue
            of_root = definition.name.value in ROOT_TYPES
            for field in definition.fields or ():
                if of_root or directive(field, "requiresScopes"):
                    found[f"{definition.name.value}.{field.name.value}"] = field
    return {name: field for name, field in found.items() if name not in OF_THE_FEDERATION}


def directive(field: Field, name: str) -> DirectiveNode | None:
    return next((d for d in field.directives or () if d.name.value == name), None)


def roles_in_schema(field: Field) -> set[str]:
    """Who a schema lets through: roles by its scopes, everybody with a token, or anybody."""
    scopes = directive(field, "requiresScopes")
    if scopes is not None:
        (argument,) = scopes.arguments or ()
        assert isinstance(argument.value, ast.ListValueNode)
        return {
            scope.value.removeprefix("role:")
            for either in argument.value.values
            if isinstance(either, ast.ListValueNode)
            for scope in either.values
            if isinstance(scope, ast.StringValueNode)
        }
    return ROLES if directive(field, "authenticated") else {"anonymous"}


def test_every_operation_has_its_row() -> None:
    assert set(guarded_fields()) == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_schema_lets_through_whom_the_contract_names(operation: str) -> None:
    assert roles_in_schema(guarded_fields()[operation]) == set(OPERATIONS[operation])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_row_says_how_far_each_role_may_go(operation: str) -> None:
    row = OPERATIONS[operation]

    assert set(row) <= ROLES | {"anonymous"}
    assert set(row.values()) <= {"all", "own", "scope"}
