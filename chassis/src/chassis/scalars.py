"""Numbers that the graph's own Int, of 32 bits, is too small for."""

from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

SafeInt = NewType("SafeInt", int)
"""A sum of areas or of money: exact in JSON for every client."""

_LARGEST = 2**53 - 1


def _read(given: object) -> int:
    """Take what a client sent. Raises: GraphQLError for what is no whole number of 53 bits.

    Another error would count as a fault of ours where the number stands in the document itself.
    """
    if type(given) is not int or abs(given) > _LARGEST:
        raise GraphQLError(f"SafeInt cannot represent {given!r:.40}")
    return given


CONFIG = StrawberryConfig(
    scalar_map={
        SafeInt: strawberry.scalar(
            name="SafeInt",
            description="A whole number of up to 53 bits: exact in JSON, beyond what Int holds.",
            serialize=int,
            parse_value=_read,
        )
    }
)
"""How every schema is built; a scalar that a service does not use is not in its schema."""
