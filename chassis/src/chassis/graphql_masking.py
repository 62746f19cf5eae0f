"""What a client may learn of an error: a code of the short list and a sentence, nothing else."""

from typing import Any

import structlog
from graphql import GraphQLError
from prometheus_client import Counter

from chassis import errors
from chassis.ids import new_id

_TOP_LEVEL: dict[str, type[errors.ChassisError]] = {
    error.code: error
    for error in (
        errors.Unauthenticated,
        errors.Forbidden,
        errors.BadUserInput,
        errors.RateLimited,
        errors.QueryRefused,
        errors.Unavailable,
    )
}
_INTERNAL_MESSAGE = "系统出错了，请稍后重试。"
_ABOUT_INPUT = ("Argument ", "Variable ")

ERRORS = Counter("linli_graphql_errors_total", "Top-level errors answered, by code.", ["code"])

_log = structlog.stdlib.get_logger("chassis.graphql")


def masked(error: GraphQLError) -> GraphQLError:
    """Make the error that the client sees; log what it does not see."""
    shown = _shown(error)
    code = (shown.extensions or {})["code"]
    ERRORS.labels(code).inc()
    return shown


def top_level(error: errors.ChassisError) -> dict[str, Any]:
    """Make the `errors` entry for what is refused before there is anything to execute."""
    ERRORS.labels(error.code).inc()
    return {"message": error.message, "extensions": {"code": error.code}}


def internal(cause: BaseException, **where: object) -> dict[str, Any]:
    """Make the extensions of an INTERNAL error and log the cause under the same id."""
    error_id = new_id("error")
    _log.error("internal error", error_id=error_id, exc_info=cause, **where)
    return {"code": "INTERNAL", "errorId": error_id}


def _shown(error: GraphQLError) -> GraphQLError:
    cause = _cause(error)
    if cause is None and _is_about_the_request(error):
        return _like(error, error.message, {"code": errors.BadUserInput.code})
    if isinstance(cause, errors.ChassisError) and cause.code in _TOP_LEVEL:
        if isinstance(cause, errors.Unavailable):
            _log.warning("unavailable", path=error.path, exc_info=cause)
        return _like(error, cause.message, {"code": cause.code})
    extensions = internal(cause or error, path=error.path)
    return _like(error, _INTERNAL_MESSAGE, extensions)


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


def _like(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
