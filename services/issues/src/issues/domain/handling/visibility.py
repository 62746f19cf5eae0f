"""Which issues every resident of the community may see, beside their own."""

from issues.domain.issue import Issue


def is_public(issue: Issue) -> bool:
    """Whether everybody may see it: a person has confirmed what may be read of it."""
    return issue.public_text is not None


def is_reporter(issue: Issue, account_id: str) -> bool:
    """Whether this account is known to be of who reported it."""
    return issue.reporter is not None and issue.reporter.account_id == account_id
