"""What the page calls things: events, phones' items and lanes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_CHINA = ZoneInfo("Asia/Shanghai")

LANES = {
    "person": "人",
    "residents": "居民 residents",
    "issues": "事项 issues",
    "vouchers": "卡券 vouchers",
    "outreach": "沟通 outreach",
    "phone": "居民手机",
}

EVENTS = {
    "account.bound.v1": "账号绑定到户",
    "account.disabled.v1": "账号停用",
    "account.roles_changed.v1": "账号职责变动",
    "account.unbound.v1": "账号解除绑定",
    "article.published.v1": "文章已发布",
    "campaign.approved.v1": "活动已批准",
    "campaign.ended.v1": "活动结束",
    "campaign.live.v1": "活动开始",
    "campaign.paused.v1": "活动暂停",
    "comment.deleted.v1": "留言被本人删除",
    "comment.edited.v1": "留言被本人修改",
    "comment.joined.v1": "认出留言人",
    "comment.received.v1": "收到留言",
    "comment.replied.v1": "回复已送达",
    "consent.withdrawn.v1": "撤回同意",
    "coordination.recorded.v1": "记下一轮协调",
    "hazard.found.v1": "发现隐患",
    "household.changed.v1": "户信息变动",
    "intake.accepted.v1": "诉求立项",
    "intake.dismissed.v1": "诉求办结，不立项",
    "issue.acknowledged.v1": "事项已签收",
    "issue.assigned.v1": "事项已派人",
    "issue.confirmed.v1": "事项已确认",
    "issue.followed.v1": "有人关注事项",
    "issue.reopened.v1": "事项重新打开",
    "issue.reported.v1": "事项产生",
    "issue.resolved.v1": "事项已办结",
    "issue.sla_at_risk.v1": "事项即将超期",
    "issue.sla_breached.v1": "事项已超期",
    "issue.unfollowed.v1": "有人取消关注",
    "issue.updated.v1": "事项有变动",
    "merchant.approved.v1": "商户已批准",
    "merchant.suspended.v1": "商户已停用",
    "metric.captured.v1": "记下一个数字",
    "ownership.changed.v1": "产权变动",
    "resident.corrected.v1": "居民信息更正",
    "resident.moved.v1": "居民迁居",
    "resident.verified.v1": "居民已核实",
    "session.revoked.v1": "会话已结束",
    "team.appointed.v1": "任命",
    "team.dissolved.v1": "队伍解散",
    "team.relieved.v1": "卸任",
    "voucher.claimed.v1": "领到卡券",
    "voucher.expired.v1": "卡券过期",
    "voucher.redeemed.v1": "卡券已使用",
    "voucher.reversed.v1": "用券已冲正",
}

PHONE_ITEMS = {
    "comment": "在文章下留言",
    "comment_reply": "收到留言回复",
    "message": "给公众号发消息",
    "account_message": "收到公众号消息",
    "subscribe_message": "收到订阅消息",
    "followed": "关注公众号",
    "unfollowed": "取消关注",
    "fault_notice": "收到微信的提示",
}


def named(words: dict[str, str], code: str) -> str:
    """Return the word for a code; one without a word is shown as it is."""
    return words.get(code, code)


def in_china(moment: datetime) -> str:
    """Return a moment as a clock in China shows it, to the millisecond."""
    local = moment.astimezone(_CHINA)
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03}"


def clock_in_china(moment: datetime) -> str:
    """Return the time of day alone."""
    return in_china(moment).partition(" ")[2]


def in_utc(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC, to the millisecond."""
    at = moment.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
