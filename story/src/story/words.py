"""The graph's codes and times as a person would say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_SHIJIAZHUANG = ZoneInfo("Asia/Shanghai")

_IN_ZH = {
    "RECEIVED": "待回复",
    "REPLIED": "已回复",
    "ACCEPTED": "已立项",
    "DISMISSED": "已办结",
    "LINKED": "已关联事项",
    "NEW": "待签收",
    "ACKNOWLEDGED": "已签收",
    "TRIAGED": "已分级",
    "COMMUNITY": "社区内解决",
    "PRAISE": "表扬",
    "ANSWERED": "已答复",
    "PENDING": "等待发送",
    "SENDING": "正在发送",
    "DELIVERED": "已送达",
    "READING": "读表",
    "COMPARING": "比对",
    "WRITING": "写入",
    "SETTLING": "收尾",
    "REVEAL": "登记查看联系方式",
    "REVEAL_SHOWN": "显示联系方式",
    "IMPORT_RECEIVED": "收到文件",
    "IMPORT_ACCEPTED": "确认导入",
    "IMPORT_APPLIED": "导入生效",
    "day_not_over": "未满24小时",
    "dismissed_without_reply": "无需回复已办结",
    "deleted_before_reply": "回复前已删除",
}


def in_zh(code: str) -> str:
    """Return what a code means; one without a word here is shown as it is."""
    return _IN_ZH.get(code, code)


def at_clock(moment: str) -> str:
    """Return a moment (RFC 3339) as the clock in the community shows it."""
    local = datetime.fromisoformat(moment).astimezone(_SHIJIAZHUANG)
    return f"{local.month}月{local.day}日 {local:%H:%M:%S}"


def day_here(moment: datetime) -> date:
    """Return the day that a moment falls on in the community."""
    return moment.astimezone(_SHIJIAZHUANG).date()
