"""What the three services share: what they saw, and how they misbehave."""

from collections import Counter
from typing import Any

from graphql import GraphQLError
from strawberry.federation.schema_directives import RequiresScopes
from strawberry.types import Info

FEDERATION_VERSION = "2.9"
SECRET = "secret stack db password hunter2"
STAFF = RequiresScopes(scopes=[["role:clerk"], ["role:secretary"]])

seen: list[dict[str, Any]] = []
calls: Counter[str] = Counter()
refusals_left: Counter[str] = Counter()


def named_error(code: str, **extensions: object) -> GraphQLError:
    """Make an error as a service might, with more in it than a client may know."""
    return GraphQLError(SECRET, extensions={"code": code, "trace": SECRET, **extensions})


def note(info: Info[Any, Any], field: str) -> None:
    """Remember with which headers, or connection parameters, a field was asked for."""
    calls[field] += 1
    request = info.context["request"]
    parameters = info.context.get("connection_params") or {}
    seen.append({"field": field, "headers": dict(request.headers), "parameters": parameters})
