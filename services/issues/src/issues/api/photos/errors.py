"""The named errors of photos as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from issues.domain.photos import errors


@error_type(
    errors.TooManyPhotos,
    description=("An issue has at most 100 photos: 9 of its reporter, 30 of each who works on it."),
)
class TooManyPhotos(UserError):
    """See `domain.photos.errors`."""


ERRORS: list[type[UserError]] = [TooManyPhotos]
