"""What can be refused while a matter is handled."""

from issues.domain.errors import DomainError


class IssueNotTriaged(DomainError):
    """An issue is triaged before it is assigned."""

    code = "ISSUE_NOT_TRIAGED"
    message = "请先分类派级，再指派处理人。"


class IssueNotAssigned(DomainError):
    """Nobody is to work on it yet."""

    code = "ISSUE_NOT_ASSIGNED"
    message = "这个事项还没有指派处理人。"


class IssueAlreadyStarted(DomainError):
    """Work is going on."""

    code = "ISSUE_ALREADY_STARTED"
    message = "这个事项已经开始处理。"


class IssueNotInProgress(DomainError):
    """Nobody is working on it at present."""

    code = "ISSUE_NOT_IN_PROGRESS"
    message = "这个事项不在处理中，请先开始或恢复处理。"


class IssueNotWaiting(DomainError):
    """It waits for nobody."""

    code = "ISSUE_NOT_WAITING"
    message = "这个事项没有在等待外部单位。"


class IssueNotResolved(DomainError):
    """What is to be confirmed has to be resolved first."""

    code = "ISSUE_NOT_RESOLVED"
    message = "这个事项还没有处理完成，暂时不能确认。"


class IssueAlreadyConfirmed(DomainError):
    """It was confirmed before."""

    code = "ISSUE_ALREADY_CONFIRMED"
    message = "这个事项已经确认过。"


class IssueClosed(DomainError):
    """No work goes on any more: resolved, confirmed, rejected or a duplicate."""

    code = "ISSUE_CLOSED"
    message = "这个事项已经办结，如需继续处理请先重新打开。"


class IssueNotClosed(DomainError):
    """What is still open cannot be reopened."""

    code = "ISSUE_NOT_CLOSED"
    message = "这个事项还在办理，不需要重新打开。"


class ReopenTooLate(DomainError):
    """The reporter had seven days after the confirmation."""

    code = "REOPEN_TOO_LATE"
    message = "确认已超过7天，请联系社区工作人员重新打开。"


class AssigneesInvalid(DomainError):
    """At least one works on it, and at most ten, each once."""

    code = "ASSIGNEES_INVALID"
    message = "请指派1至10位处理人，且不要重复。"


class AssigneeUnknown(DomainError):
    """One of them is no account of the community that may handle matters."""

    code = "ASSIGNEE_UNKNOWN"
    message = "指派的人员不存在，或不能处理事项。"


class EscalationNeedsReason(DomainError):
    """A higher level is an escalation, which says why."""

    code = "ESCALATION_NEEDS_REASON"
    message = "提高办理层级须说明原因。"


class LevelUnchanged(DomainError):
    """It is at that level already."""

    code = "LEVEL_UNCHANGED"
    message = "这个事项已经在该层级办理。"


class LevelNotHigher(DomainError):
    """An issue is handed up; what somebody works on is not handed down."""

    code = "LEVEL_NOT_HIGHER"
    message = "只能向更高层级升级；已指派的事项不能降低办理层级。"


class TextInvalid(DomainError):
    """A reason, a note or what was said is empty or too long."""

    code = "TEXT_INVALID"
    message = "文字不能为空，且不超过500字。"


class TextRevealsPerson(DomainError):
    """A phone, an identity number or a door stands in what is kept in clear."""

    code = "TEXT_REVEALS_PERSON"
    message = "文字中含有电话、证件号或门牌号，请删去后再提交。"


class PartyInvalid(DomainError):
    """A party has a short name."""

    code = "PARTY_INVALID"
    message = "请填写对接单位，不超过60字。"


class RoundTimeInvalid(DomainError):
    """A round was after the report and is not to come."""

    code = "ROUND_TIME_INVALID"
    message = "协调时间须在事项上报之后，且不晚于现在。"


class TooManyRounds(DomainError):
    """The rounds of an issue are bounded."""

    code = "TOO_MANY_ROUNDS"
    message = "一个事项最多记录100次协调。"


class RoundNotFound(DomainError):
    """The issue has no round of this number."""

    code = "ROUND_NOT_FOUND"
    message = "没有找到这次协调。"


class PromiseWithoutDate(DomainError):
    """Who promises says by when."""

    code = "PROMISE_WITHOUT_DATE"
    message = "承诺必须写明完成日期。"


class PromiseBeforeRound(DomainError):
    """A promise is for the day of the round or a later one."""

    code = "PROMISE_BEFORE_ROUND"
    message = "承诺日期不能早于协调当天。"


class RoundWithoutPromise(DomainError):
    """Nothing was promised in this round."""

    code = "ROUND_WITHOUT_PROMISE"
    message = "这次协调没有承诺。"


class PromiseAlreadySettled(DomainError):
    """What became of the promise was recorded before."""

    code = "PROMISE_ALREADY_SETTLED"
    message = "这个承诺的结果已经登记。"


class SettlementTimeInvalid(DomainError):
    """A promise is settled after its round, and not in time to come."""

    code = "SETTLEMENT_TIME_INVALID"
    message = "兑现时间须在协调之后，且不晚于现在。"


class OutcomeContradictsDate(DomainError):
    """Kept is by the day promised, late is after it."""

    code = "OUTCOME_CONTRADICTS_DATE"
    message = "兑现结果与承诺日期不符：按期兑现不晚于承诺日期，逾期兑现晚于承诺日期。"


class WaitInvalid(DomainError):
    """A pause ends, and within a year."""

    code = "WAIT_INVALID"
    message = "等待须写明截止时间，晚于现在且不超过一年。"


class TooManyPauses(DomainError):
    """The pauses of an issue are bounded."""

    code = "TOO_MANY_PAUSES"
    message = "一个事项最多等待100次。"


class EvidenceMissing(DomainError):
    """Resolving needs photos of this issue, one to twenty."""

    code = "EVIDENCE_MISSING"
    message = "办结需要1至20张本事项的现场照片。"


class EvidenceUnknown(DomainError):
    """One of the photos is none of this issue, or is not taken in yet."""

    code = "EVIDENCE_UNKNOWN"
    message = "有照片不属于这个事项，或尚未上传完成。"


class EvidenceNotOfWork(DomainError):
    """One of the photos is not by who works on it, or is from before the work began."""

    code = "EVIDENCE_NOT_OF_WORK"
    message = "办结照片须由处理人在本次开始处理之后上传，不能使用反映人的照片或以前的照片。"


class RatingOutOfRange(DomainError):
    """A rating is 1 to 5."""

    code = "RATING_OUT_OF_RANGE"
    message = "评分须为1至5分。"


class NotTheReporter(DomainError):
    """Only who reported it rates it."""

    code = "NOT_THE_REPORTER"
    message = "只有反映人本人可以评价或重新打开这个事项。"


class HandlerMayNotRate(DomainError):
    """Nobody rates what they handled."""

    code = "HANDLER_MAY_NOT_RATE"
    message = "处理过这个事项的人员不能确认或评价，请由其他工作人员办理。"


class OriginalUnknown(DomainError):
    """The issue that it is said to repeat is no earlier one of this community that goes on."""

    code = "ORIGINAL_UNKNOWN"
    message = "没有找到更早的原事项，或原事项已经办结、不予办理或重复。"
