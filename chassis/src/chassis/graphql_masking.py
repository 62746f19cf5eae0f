"""What a client may learn of an error: a code of the short list and a sentence, nothing else."""

from typing import Any

import structlog
from graphql import GraphQLError
from prometheus_client import Counter

from chassis import errors
from chassis.ids import new_id

_TOP_LEVEL = frozenset(
    error.code
    for error in (
        errors.Unauthenticated,
        errors.Forbidden,
        errors.BadUserInput,
        errors.RateLimited,
        errors.QueryRefused,
        errors.Unavailable,
    )
)
_INTERNAL = "INTERNAL"
_INTERNAL_MESSAGE = "系统出错了，请稍后重试。"
_ABOUT_INPUT = ("Argument ", "Variable ")

ERRORS = Counter("linli_graphql_errors_total", "Top-level errors answered, by code.", ["code"])

_log = structlog.stdlib.get_logger("chassis.graphql")


def masked(error: GraphQLError) -> GraphQLError:
    """Make the error that the client sees; log what it does not see."""
    cause = _cause(error)
    if cause is None and _is_about_the_request(error):
        shown = top_level(about_the_request(error.message))
    elif isinstance(cause, errors.ChassisError) and cause.code in _TOP_LEVEL:
        if isinstance(cause, errors.Unavailable) and not isinstance(cause, errors.ReadOnly):
            _log.warning("unavailable", path=error.path, exc_info=cause)
        shown = top_level(cause)
    else:
        shown = internal(cause or error, path=error.path)
    return GraphQLError(
        shown["message"],
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=shown["extensions"],
    )


def top_level(error: errors.ChassisError) -> dict[str, Any]:
    """Make the `errors` entry for what is refused before there is anything to execute."""
    ERRORS.labels(error.code).inc()
    extensions = {"code": error.code}
    if isinstance(error, errors.BadUserInput) and error.input_name is not None:
        extensions["input"] = error.input_name
    return {"message": error.message, "extensions": extensions}


def about_the_request(library_text: str) -> errors.BadUserInput:
    """Put a sentence for the person around what a library says of their request."""
    return errors.BadUserInput(f"查询有误，请检查：{library_text}")


def internal(cause: BaseException, **where: object) -> dict[str, Any]:
    """Make the `errors` entry of an INTERNAL error, and log the cause under the same id."""
    error_id = new_id("error")
    ERRORS.labels(_INTERNAL).inc()
    _log.error("internal error", error_id=error_id, exc_info=cause, **where)
    return {
        "message": _INTERNAL_MESSAGE,
        "extensions": {"code": _INTERNAL, "errorId": error_id},
    }


def _cause(error: GraphQLError) -> BaseException | None:
    """Find what was raised beneath the wrappers that graphql-core puts around it."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _is_about_the_request(error: GraphQLError) -> bool:
    """Whether graphql-core itself complains of the document or the variables.

    While it executes (there is a path then) it also complains of values that resolvers return;
    those are ours.
    """
    return error.path is None or error.message.startswith(_ABOUT_INPUT)
