"""What every room of this service stands on, beside what every service's do."""

from functools import cached_property

from chassis import foundation
from issues.adapters.mongo_intakes import MongoIntakes
from issues.adapters.mongo_issues import MongoIssues
from issues.consumers.on_intake_accepted import ISSUES_TOPIC
from issues.settings import IssuesSettings


class Foundation(foundation.Foundation[IssuesSettings]):
    """Two stores that all rooms share."""

    @cached_property
    def intakes(self) -> MongoIntakes:
        """What residents wrote."""
        return MongoIntakes(self.store, topic=ISSUES_TOPIC, now=self.now)

    @cached_property
    def issues(self) -> MongoIssues:
        """What is being worked on."""
        return MongoIssues(self.store, topic=ISSUES_TOPIC, now=self.now)
