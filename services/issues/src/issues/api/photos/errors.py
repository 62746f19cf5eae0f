"""The named errors of photos as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from issues.domain.photos import errors


@error_type(errors.TooManyPhotos, description="An issue has at most 50 photos.")
class TooManyPhotos(UserError):
    """See `domain.photos.errors`."""


ERRORS: list[type[UserError]] = [TooManyPhotos]
