"""What `_entities` is asked for, checked before any resolver sees it.

`_Any` is whatever JSON a stranger sends. A key that is an object would reach the store's query as
an operator, an unknown type or a missing key would be an internal error.
"""

import inspect
from typing import Any

from strawberry.federation.schema_directives import Key
from strawberry.schema.types.concrete_type import ConcreteType
from strawberry.types.base import StrawberryObjectDefinition

from chassis.errors import BadUserInput

_SCALARS = (str, int, float, bool, type(None))


def checked_representation(
    representation: object, types: dict[str, ConcreteType]
) -> dict[str, Any]:
    """Give back what `resolve_reference` takes of a representation, with its `__typename`.

    Raises: BadUserInput for anything that is not the key of an entity.
    """
    if not isinstance(representation, dict):
        raise BadUserInput
    name = representation.get("__typename")
    definition = types[name].definition if isinstance(name, str) and name in types else None
    if not isinstance(definition, StrawberryObjectDefinition) or not _has_key(definition):
        raise BadUserInput
    wanted, needed = _keys(definition)
    taken = {key: value for key, value in representation.items() if key in wanted}
    if not needed <= taken.keys() or not all(isinstance(v, _SCALARS) for v in taken.values()):
        raise BadUserInput
    return {"__typename": name, **taken}


def _keys(definition: StrawberryObjectDefinition) -> tuple[set[str], set[str]]:
    """Name what may be taken of a representation, and what must be there."""
    resolve = getattr(definition.origin, "resolve_reference", None)
    if resolve is None:  # strawberry makes a stub of the type's own fields
        return {field.name for field in definition.fields}, set()
    parameters = inspect.signature(resolve).parameters
    wanted = set(parameters) - {"info"}
    return wanted, {name for name in wanted if parameters[name].default is inspect.Parameter.empty}


def _has_key(definition: StrawberryObjectDefinition) -> bool:
    return any(isinstance(directive, Key) for directive in definition.directives or ())
