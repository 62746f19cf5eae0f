"""Every index that this service's own queries need."""

from issues.adapters.mongo_intakes import INTAKE_INDEXES
from issues.adapters.mongo_issues import ISSUE_INDEXES

INDEXES = [*INTAKE_INDEXES, *ISSUE_INDEXES]
