"""A community, as far as its money goes."""

import strawberry

from vouchers.api.context import Info


@strawberry.federation.type(keys=["id"], description="A community.")
class Community:
    """The part of a community that this service knows."""

    id: strawberry.ID = strawberry.field(description="Its id.")

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Community | None":  # noqa: A002
        """The caller's own community; another is as unknown as one that never was."""
        return cls(id=id) if id == info.context.require_principal().community_id else None
