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
    "ASSIGNED": "已派单",
    "IN_PROGRESS": "处理中",
    "WAITING_EXTERNAL": "等外部单位",
    "RESOLVED": "已解决，待评价",
    "CONFIRMED": "居民已确认",
    "REOPENED": "重新办理",
    "APPLIED": "待批准",
    "APPROVED": "已批准",
    "DRAFT": "草稿",
    "MINTING": "制券中",
    "LIVE": "进行中",
    "CLAIMED": "未使用",
    "SPENT": "已用完",
    "KEPT": "按期兑现",
    "LATE": "迟到兑现",
    "BROKEN": "没有兑现",
    "NO_GRANT": "站内",
    "ISSUE_PROGRESS": "办事进度",
    "VOUCHER": "卡券",
    "OPEN": "未到期",
    "DUE": "今天到期",
    "REWARD": "评价所得",
    "CLAIM": "自己领取",
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


def in_yuan(amount_fen: int) -> str:
    """Return an amount of money as a shop shows it."""
    yuan, fen = divmod(amount_fen, 100)
    return f"{yuan}.{fen:02d}元" if fen else f"{yuan}元"


def at_clock(moment: str) -> str:
    """Return a moment (RFC 3339) as the clock in the community shows it."""
    local = datetime.fromisoformat(moment).astimezone(_SHIJIAZHUANG)
    return f"{local.month}月{local.day}日 {local:%H:%M:%S}"


def day_here(moment: datetime) -> date:
    """Return the day that a moment falls on in the community."""
    return moment.astimezone(_SHIJIAZHUANG).date()
