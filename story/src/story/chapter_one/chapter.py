"""The first chapter: one comment becomes one issue, and what becomes of three others."""

from story.chapter_one import (
    article,
    decisions,
    inbox,
    own_comments,
    replies,
    residents,
)
from story.stage import Office, Stage

NUMBER = 1


async def play(stage: Stage, office: Office) -> str:
    """Play the morning of a day; return the id of the issue that Aunt Tian's comment became.

    Raises: StoryStopped at the first thing that is not as it should be.
    """
    stage.narrator.open(stage.day)
    secretary, clerk = office.secretary, office.clerk
    await article.connect_channel(stage, secretary)
    today = await article.publish_article(stage, secretary)
    written = await residents.write(stage, today)

    intakes = await inbox.see_inbox(stage, clerk, today, written)
    await inbox.may_not_dispatch_yet(stage, clerk, intakes)
    hazard_issue_id = await inbox.hazard_needs_no_reply(stage, clerk, intakes)

    await replies.reply_online(stage, clerk, intakes)
    await replies.reply_is_known(stage, clerk, intakes)

    issue_id = await decisions.open_issue(stage, clerk, intakes)
    await decisions.follow_and_work(stage, clerk, issue_id)
    await decisions.confirm_hazard(stage, clerk, hazard_issue_id)
    await decisions.close_the_others(stage, clerk, intakes)
    await decisions.comments_know(stage, clerk, intakes)

    await own_comments.see_own_comment(stage, written)
    return issue_id
