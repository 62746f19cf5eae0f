"""One comment has one intake, and one intake one issue, whoever derives their ids."""

from chassis.ids import derived_id


def intake_id_of(comment_id: str) -> str:
    """Give the id of a comment's only intake."""
    return derived_id("intake", comment_id)


def issue_id_of(intake_id: str) -> str:
    """Give the id of the only issue that an intake can become."""
    return derived_id("issue", intake_id)


def follower_id_of(issue_id: str, account_id: str) -> str:
    """Give the id under which an account follows an issue."""
    return derived_id("follower", issue_id, account_id)


def photo_places_id_of(issue_id: str) -> str:
    """Give the id of the only document that says who has which place for a photo of an issue."""
    return derived_id("photo_places", issue_id)


def entry_id_of(happening: tuple[str, ...]) -> str:
    """Give the id of the only entry of something that happened, however often it is told."""
    return derived_id("entry", *happening)
