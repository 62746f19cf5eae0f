"""Numbers that the graph's own Int, of 32 bits, is too small for."""

from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

SafeInt = NewType("SafeInt", int)
"""A sum of areas or of money: exact in JSON for every client."""

CONFIG = StrawberryConfig(
    scalar_map={
        SafeInt: strawberry.scalar(
            name="SafeInt",
            description="A whole number of up to 53 bits: exact in JSON, beyond what Int holds.",
            serialize=int,
            parse_value=int,
        )
    }
)
"""How every schema is built; a scalar that a service does not use is not in its schema."""
