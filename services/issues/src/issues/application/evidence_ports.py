"""What the use cases need of what proves a matter."""

from collections.abc import Sequence
from typing import Protocol


class Photos(Protocol):
    """Pictures of issues."""

    async def of_issue(self, community_id: str, issue_id: str, ids: Sequence[str]) -> list[str]:
        """Say which of the ids are photos of this issue that can be shown, in the order asked.

        An id that is unknown, of another issue, or of a photo not yet taken in is left out.
        """
