"""Stubs of what other services own."""

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="What one person wrote; read from its owner.",
)
class Comment:
    """A stub."""

    id: strawberry.ID = strawberry.field(description="Its id.")


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="A person's account; read from its owner.",
)
class Account:
    """A stub."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @classmethod
    def of(cls, account_id: str | None) -> "Account | None":
        """Make a stub, if there is somebody."""
        return None if account_id is None else cls(id=strawberry.ID(account_id))
