"""What the use cases need of what proves a matter."""

from collections.abc import Sequence
from typing import Protocol

from issues.domain.handling.evidence import Evidence


class Photos(Protocol):
    """Pictures of issues."""

    async def of_issue(
        self, community_id: str, issue_id: str, ids: Sequence[str]
    ) -> list[Evidence]:
        """Read those of the ids that are photos of this issue and can be shown, as asked.

        An id that is unknown, of another issue, or of a photo not yet taken in is left out.
        """
