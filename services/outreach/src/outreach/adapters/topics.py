"""Where outreach speaks and whom it listens to."""

EVENTS = "linli.outreach.events"
ISSUES_EVENTS = "linli.issues.events"
RESIDENTS_EVENTS = "linli.residents.events"
VOUCHERS_EVENTS = "linli.vouchers.events"
