"""What issues decides reaches the comment, once, whenever it arrives."""

from typing import Any

from chassis.clock import utc_now
from chassis.ids import derived_id
from wechat_simulator.testing import Simulator

from .conftest import Article, the_comment
from .documents import COMMENT
from .kafka import tell
from .running import Graph


class Issues:
    """Tells of one comment's intake as issues does."""

    def __init__(self, kafka: str, community_id: str, comment_id: str) -> None:
        self._kafka = kafka
        self._community_id = community_id
        self._comment_id = comment_id
        self._intake_id = derived_id("intake", comment_id)

    async def accepted(self) -> None:
        at = utc_now().isoformat()
        await self._tell(
            "intake.accepted.v1",
            issue_id=derived_id("issue", self._intake_id),
            category="water",
            hazard=False,
            redacted_text="没水",
            person_key=derived_id("person", "x"),
            received_at=at,
            accepted_at=at,
            accepted_by=derived_id("account", "x"),
        )

    async def dismissed(self) -> None:
        await self._tell(
            "intake.dismissed.v1",
            reason="praise",
            dismissed_at=utc_now().isoformat(),
            dismissed_by=derived_id("account", "x"),
        )

    async def _tell(self, event_type: str, **data: Any) -> None:
        await tell(
            self._kafka,
            "issues",
            event_type,
            self._intake_id,
            self._community_id,
            intake_id=self._intake_id,
            comment_id=self._comment_id,
            **data,
        )


async def test_an_accepted_intake_links_its_comment(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "没水")
    comment = await the_comment(clerk, lambda it: True)
    issues = Issues(kafka_bootstrap_servers, community_id, comment["id"])

    for _ in range(3):
        await issues.accepted()

    await the_comment(clerk, lambda it: it["state"] == "LINKED")
    await issues.dismissed()
    other = await told_something_else(clerk, wechat, article, phone, community_id, issues)
    assert other["state"] == "DISMISSED"
    linked = (await clerk.ask(COMMENT, id=comment["id"]))["comment"]
    assert (linked["state"], linked["dismissedReason"]) == ("LINKED", None)


async def told_something_else(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    issues: Issues,
) -> Any:
    """Another comment dismissed after it: what came before on the topic has been handled."""
    await wechat.comment(phone, article.msg_data_id, "辛苦了")
    comment = await the_comment(clerk, lambda it: it["text"] == "辛苦了")
    await Issues(issues._kafka, community_id, comment["id"]).dismissed()
    return await the_comment(clerk, lambda it: it["state"] == "DISMISSED")


async def test_a_dismissed_intake_dismisses_its_comment_with_the_reason(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
) -> None:
    await wechat.comment(phone, article.msg_data_id, "辛苦了")
    comment = await the_comment(clerk, lambda it: True)

    await Issues(kafka_bootstrap_servers, community_id, comment["id"]).dismissed()

    dismissed = await the_comment(clerk, lambda it: it["state"] == "DISMISSED")
    assert dismissed["dismissedReason"] == "praise"


async def test_a_decision_that_arrives_before_its_comment_is_kept(
    clerk: Graph,
    wechat: Simulator,
    article: Article,
    account: Any,
    phone: str,
    community_id: str,
    kafka_bootstrap_servers: str,
) -> None:
    # WeChat numbers an article's comments from 1 on.
    comment_id = derived_id(
        "comment",
        "article",
        community_id,
        account.app_id,
        str(article.msg_data_id),
        "0",
        "1",
    )
    await Issues(kafka_bootstrap_servers, community_id, comment_id).accepted()

    await wechat.comment(phone, article.msg_data_id, "没水")

    comment = await the_comment(clerk, lambda it: it["state"] == "LINKED")
    assert comment["id"] == comment_id
