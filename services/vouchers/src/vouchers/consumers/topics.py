"""The topics of other services that this one listens to."""

RESIDENTS_TOPIC = "linli.residents.events"
ISSUES_TOPIC = "linli.issues.events"
