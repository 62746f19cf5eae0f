"""Who may do what with messages. A role that is not named here may not."""

from enum import StrEnum

import msgspec

STAFF = frozenset({"clerk", "secretary"})
SECRETARY = frozenset({"secretary"})
RESIDENT = frozenset({"resident"})
FOLLOWERS = RESIDENT | STAFF | {"steward", "partner"}
"""Who may follow an issue, and so has notices; issues say the same of `followIssue`."""


class Operation(StrEnum):
    """Everything that a person can ask of outreach."""

    READ_CHANNELS = "channels"
    READ_ARTICLES = "articles"
    READ_COMMENTS = "comments"
    READ_FIGURES = "outreachFigures"
    READ_METRICS = "metrics"
    REGISTER_CHANNEL = "registerChannel"
    ARCHIVE_CHANNEL = "archiveChannel"
    REGISTER_PUBLISHED_ARTICLE = "registerPublishedArticle"
    RECORD_METRIC = "recordMetric"
    REPLY_TO_COMMENT = "replyToComment"
    READ_OWN_COMMENTS = "myComments"
    TAKE_OVER_COMMENT = "takeOverComment"
    RECORD_GRANT = "recordGrant"
    READ_OWN_NOTICES = "myNotices"
    MARK_NOTICES_READ = "markNoticesRead"
    READ_NOTIFICATIONS = "notifications"


ALLOWED: dict[Operation, frozenset[str]] = {
    Operation.READ_CHANNELS: STAFF,
    Operation.READ_ARTICLES: STAFF,
    Operation.READ_COMMENTS: STAFF,
    Operation.READ_FIGURES: STAFF,
    Operation.READ_METRICS: STAFF,
    Operation.REGISTER_CHANNEL: SECRETARY,
    Operation.ARCHIVE_CHANNEL: SECRETARY,
    Operation.REGISTER_PUBLISHED_ARTICLE: STAFF,
    Operation.RECORD_METRIC: STAFF,
    Operation.REPLY_TO_COMMENT: STAFF,
    Operation.READ_OWN_COMMENTS: RESIDENT,
    Operation.TAKE_OVER_COMMENT: RESIDENT,
    Operation.RECORD_GRANT: FOLLOWERS,
    Operation.READ_OWN_NOTICES: FOLLOWERS,
    Operation.MARK_NOTICES_READ: FOLLOWERS,
    Operation.READ_NOTIFICATIONS: STAFF,
}


class Actor(msgspec.Struct, frozen=True):
    """A person who acts, in the one community that their login names."""

    account_id: str
    community_id: str
    roles: frozenset[str]


def may(actor: Actor, operation: Operation) -> bool:
    """Whether any of the actor's roles allows the operation."""
    return not ALLOWED[operation].isdisjoint(actor.roles)
