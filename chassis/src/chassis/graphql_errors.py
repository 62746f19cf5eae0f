"""Named errors in the graph: a domain error becomes a member of a mutation's union."""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import strawberry
from strawberry.schema.exception_handlers import ExceptionHandler
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.info import Info

from chassis import errors

_DOMAIN_ERROR = "__chassis_domain_error__"


@strawberry.interface(description="An expected outcome that is not the one asked for.")
class UserError:
    """What every named error has."""

    code: str = strawberry.field(description="UPPER_SNAKE, stable: what a program decides by.")
    message: str = strawberry.field(description="One plain sentence in zh-CN for the person.")


E = TypeVar("E", bound=UserError)


def error_type(
    domain_error: type[Exception], *, description: str, name: str | None = None
) -> Callable[[type[E]], type[E]]:
    """Make the decorated subclass of UserError the graph's type of a domain error.

    Fields that it adds are read from the exception's attributes of the same name.
    """

    def decorate(cls: type[E]) -> type[E]:
        made: type[E] = strawberry.federation.type(
            cls, name=name, description=description, shareable=True
        )
        setattr(made, _DOMAIN_ERROR, domain_error)
        return made

    return decorate


@error_type(
    errors.RequestIdReused, description="The same request id came before, with other input."
)
class RequestIdReused(UserError):
    """For the union of every mutation that has a request id."""


class _AsUnionMember:
    """Turns one domain error into its type wherever a field's union holds that type."""

    def __init__(self, error_class: type[UserError]) -> None:
        self.exception_type: type[Exception] = getattr(error_class, _DOMAIN_ERROR)
        self.error_type = error_class
        self._fields = [field.name for field in dataclasses.fields(error_class)]

    def handle(self, exception: Exception, *, field: StrawberryField, info: Info) -> UserError:
        values = {name: getattr(exception, name) for name in self._fields}
        return self.error_type(**values)


def name_in_graph(error_class: type[UserError]) -> str:
    """Give the name of the GraphQL type."""
    definition: StrawberryObjectDefinition = vars(error_class)["__strawberry_definition__"]
    return definition.name


def handlers_of(error_classes: Iterable[type[UserError]]) -> list[ExceptionHandler[Any, Any]]:
    """Make strawberry's exception handlers, the most derived domain error first.

    Raises: TypeError for a class that `error_type` did not decorate.
    """
    classes = list(error_classes)
    for error_class in classes:
        if _DOMAIN_ERROR not in vars(error_class):
            raise TypeError(f"{error_class.__name__} must be decorated with error_type")
    classes.sort(key=lambda cls: len(getattr(cls, _DOMAIN_ERROR).__mro__), reverse=True)
    return [_AsUnionMember(error_class) for error_class in classes]
