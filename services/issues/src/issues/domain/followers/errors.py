"""What can be refused about following."""

from issues.domain.errors import DomainError


class ReporterAlwaysHears(DomainError):
    """Who reported an issue hears of it to its end."""

    code = "REPORTER_ALWAYS_HEARS"
    message = "您是这个事项的反映人，进展会一直通知您，不能取消关注。"
