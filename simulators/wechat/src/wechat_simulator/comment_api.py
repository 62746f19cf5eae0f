"""Comments under articles: `/cgi-bin/comment/…`."""

import msgspec

from wechat_simulator import faults
from wechat_simulator.answering import OK, Act, Answer, body_as
from wechat_simulator.errcodes import refused
from wechat_simulator.records import Article, Comment, OfficialAccount, PhoneItem, Reply
from wechat_simulator.world import World, article_key, comment_key, openid_of

# WeChat's page says that 50 and more is refused, its error text that more than 50 is: who asks for
# fewer than 50 is right by both.
REFUSED_FROM_COUNT = 50
# As many characters as a comment may have; WeChat does not publish the number for replies.
LONGEST_REPLY_CHARACTERS = 600


class ListComments(msgspec.Struct):
    msg_data_id: int
    begin: int
    count: int
    type: int
    index: int = 0


class OneArticle(msgspec.Struct):
    msg_data_id: int
    index: int = 0


class OneComment(msgspec.Struct):
    msg_data_id: int
    user_comment_id: int
    index: int = 0


class AddReply(OneComment):
    content: str = ""


def list_comments(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Return comments of an article, newest first; type 1 those not elected, 2 those elected."""
    asked = body_as(ListComments, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    if not 0 < asked.count < REFUSED_FROM_COUNT:
        raise refused(88010)
    hidden = faults.meet(world, "hide_openid", path=LIST, app_id=account.app_id) is not None
    found = [
        comment
        for comment in world.comments.group(article_key(article.msg_data_id, article.index))
        if not comment.deleted and (asked.type == 0 or comment.elected == (asked.type == 2))
    ]
    found.reverse()
    begin = max(asked.begin, 0)
    page = found[begin : begin + asked.count]
    return {**OK, "total": len(found), "comment": [_as_wire(c, hidden=hidden) for c in page]}


def add_reply(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Reply to a comment, once: the commenter's phone shows it."""
    asked = body_as(AddReply, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    comment = _comment(world, article, asked.user_comment_id)
    if not 0 < len(asked.content) <= LONGEST_REPLY_CHARACTERS:
        raise refused(88007)
    if comment.reply is not None:
        raise refused(88005)
    reply = Reply(asked.content, world.surroundings.seconds())
    _keep(world, msgspec.structs.replace(comment, reply=reply))
    world.show(
        PhoneItem(
            number=world.next_item_number(),
            phone=comment.phone,
            app_id=account.app_id,
            kind="comment_reply",
            received=True,
            text=reply.content,
            at=reply.create_time,
            msg_data_id=comment.msg_data_id,
            index=comment.index,
            user_comment_id=comment.user_comment_id,
        )
    )
    return OK


def delete_reply(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Take a reply back: the commenter's phone no longer shows it."""
    asked = body_as(OneComment, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    comment = _comment(world, article, asked.user_comment_id)
    if comment.reply is None:
        raise refused(88009)
    _keep(world, msgspec.structs.replace(comment, reply=None))
    for item in world.screen(comment.phone):
        place = (item.msg_data_id, item.index, item.user_comment_id)
        here = (comment.msg_data_id, comment.index, comment.user_comment_id)
        if item.kind == "comment_reply" and place == here:
            world.show(msgspec.structs.replace(item, withdrawn=True))
    return OK


def mark_elected(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Elect a comment: it is shown under the article."""
    return _elect(world, account, body, elected=True)


def unmark_elected(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Take back a comment's election."""
    return _elect(world, account, body, elected=False)


def delete_comment(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Delete a comment."""
    asked = body_as(OneComment, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    comment = _comment(world, article, asked.user_comment_id)
    _keep(world, msgspec.structs.replace(comment, deleted=True))
    return OK


def open_comments(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Let readers comment under an article."""
    return _set_open(world, account, body, comments_open=True)


def close_comments(world: World, account: OfficialAccount, body: bytes) -> Answer:
    """Let nobody comment under an article any more."""
    return _set_open(world, account, body, comments_open=False)


def _set_open(
    world: World, account: OfficialAccount, body: bytes, *, comments_open: bool
) -> Answer:
    asked = body_as(OneArticle, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    key = article_key(article.msg_data_id, article.index)
    world.articles.put(key, msgspec.structs.replace(article, comments_open=comments_open))
    return OK


def _elect(world: World, account: OfficialAccount, body: bytes, *, elected: bool) -> Answer:
    asked = body_as(OneComment, body)
    article = _article(world, account, asked.msg_data_id, asked.index)
    comment = _comment(world, article, asked.user_comment_id)
    _keep(world, msgspec.structs.replace(comment, elected=elected))
    return OK


def _article(world: World, account: OfficialAccount, msg_data_id: int, index: int) -> Article:
    if not account.comment_privilege:
        raise refused(88000)
    article = world.articles.get(article_key(msg_data_id, index))
    if article is None or article.app_id != account.app_id:
        raise refused(88001)
    return article


def _comment(world: World, article: Article, user_comment_id: int) -> Comment:
    key = comment_key(article.msg_data_id, article.index, user_comment_id)
    comment = world.comments.get(key)
    if comment is None or comment.deleted:
        raise refused(88008)
    return comment


def _keep(world: World, comment: Comment) -> None:
    key = comment_key(comment.msg_data_id, comment.index, comment.user_comment_id)
    world.comments.put(key, comment)


def _as_wire(comment: Comment, *, hidden: bool) -> Answer:
    wire: dict[str, object] = {
        "user_comment_id": comment.user_comment_id,
        "create_time": comment.create_time,
        "content": comment.content,
        "comment_type": int(comment.elected),
    }
    if comment.with_openid and not hidden:
        wire["openid"] = openid_of(comment.app_id, comment.phone)
    if comment.reply is not None:
        wire["reply"] = {
            "content": comment.reply.content,
            "create_time": comment.reply.create_time,
        }
    return wire


LIST = "/cgi-bin/comment/list"
COMMENT_APIS: dict[str, Act] = {
    LIST: list_comments,
    "/cgi-bin/comment/open": open_comments,
    "/cgi-bin/comment/close": close_comments,
    "/cgi-bin/comment/markelect": mark_elected,
    "/cgi-bin/comment/unmarkelect": unmark_elected,
    "/cgi-bin/comment/delete": delete_comment,
    "/cgi-bin/comment/reply/add": add_reply,
    "/cgi-bin/comment/reply/delete": delete_reply,
}
