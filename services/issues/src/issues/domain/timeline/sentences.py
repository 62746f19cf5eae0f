"""An entry of the timeline in one sentence for people, made of its facts alone."""

from datetime import date

from issues.domain.china_days import day_of
from issues.domain.clocks import ClockKind
from issues.domain.handling.decisions import ConfirmedHow
from issues.domain.handling.party import PartyKind
from issues.domain.timeline.entry import EntryFacts, EntryKind, TimelineEntry

PARTIES = {
    PartyKind.WATER: "供水公司",
    PartyKind.POWER: "供电公司",
    PartyKind.GAS: "燃气公司",
    PartyKind.HEATING: "供热公司",
    PartyKind.TELECOM: "通信公司",
    PartyKind.PROPERTY: "物业公司",
    PartyKind.SUB_DISTRICT: "街道",
    PartyKind.DISTRICT: "区级部门",
    PartyKind.NEIGHBOUR: "相关方",
    PartyKind.OTHER: "相关单位",
}

_CONFIRMED = {
    ConfirmedHow.REPORTER: "反映人确认已解决",
    ConfirmedHow.ON_BEHALF: "工作人员回访后代为确认已解决",
    ConfirmedHow.SILENCE: "办结满 7 天无异议，视为已解决",
}
_CLOCKS = {ClockKind.HAZARD: "安全隐患到场", ClockKind.HANDLING: "办理"}

_SENTENCES = {
    EntryKind.REPORTED: "居民反映了这个问题。",
    EntryKind.ACKNOWLEDGED: "社区已签收。",
    EntryKind.TRIAGED: "社区已分类并确定处理层级。",
    EntryKind.HAZARD_CONFIRMED: "工作人员确认存在安全隐患。",
    EntryKind.HAZARD_DECLINED: "工作人员排除了安全隐患。",
    EntryKind.ASSIGNED: "已安排人员处理。",
    EntryKind.STARTED: "处理人员已开始处理。",
    EntryKind.WAITING: "正在等待外部单位处理。",
    EntryKind.RESUMED: "继续处理。",
    EntryKind.ESCALATED: "已上报{party}协调解决。",
    EntryKind.PROMISE_KEPT: "{which}，对方按承诺办到。",
    EntryKind.PROMISE_LATE: "{which}，对方逾期后办到。",
    EntryKind.PROMISE_BROKEN: "{which}，对方没有兑现承诺。",
    EntryKind.RESOLVED: "已办结{proof}。",
    EntryKind.CONFIRMED: "{confirmed}。",
    EntryKind.REOPENED: "问题未解决，重新开始处理。",
    EntryKind.REJECTED: "社区决定不予办理，原因见说明。",
    EntryKind.DUPLICATE: "与已有事项重复，合并处理。",
    EntryKind.REPORTER_JOINED: "已知道反映人是谁，可以通知进展。",
    EntryKind.SLA_AT_RISK: "{clock}时限即将到期。",
    EntryKind.SLA_BREACHED: "{clock}已超过时限。",
}


def sentence_of(entry: TimelineEntry) -> str:
    """Say it in zh-CN."""
    if entry.kind is EntryKind.ROUND_RECORDED:
        return _round(entry.facts, day_of(entry.at))
    return _SENTENCES[entry.kind].format(
        which=_which(entry.facts),
        party=_party(entry.facts),
        proof=_proof(entry.facts),
        confirmed=_confirmed(entry.facts),
        clock=_CLOCKS.get(entry.facts.clock or ClockKind.HANDLING),
    )


def _round(facts: EntryFacts, said_on: date) -> str:
    due_on = facts.promise_due_on
    if due_on is None:
        return f"{_which(facts)}。"
    year = f"{due_on.year} 年 " if due_on.year != said_on.year else ""
    return f"{_which(facts)}，对方承诺 {year}{due_on.month} 月 {due_on.day} 日前完成。"


def _which(facts: EntryFacts) -> str:
    return f"第 {facts.round} 次联系{_party(facts)}"


def _party(facts: EntryFacts) -> str:
    return PARTIES[facts.party_kind or PartyKind.OTHER]


def _proof(facts: EntryFacts) -> str:
    return f"，附 {facts.photo_count} 张照片" if facts.photo_count else ""


def _confirmed(facts: EntryFacts) -> str:
    said = _CONFIRMED[facts.how or ConfirmedHow.SILENCE]
    return said if facts.rating is None else f"{said}，评分 {facts.rating} 分"
