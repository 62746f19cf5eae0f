"""What can be refused, each a fact with a stable code and a sentence for the person."""

from typing import ClassVar


class DomainError(Exception):
    """An expected outcome that is not the success."""

    code: ClassVar[str]
    message: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(f"{self.code}: {self.message}")


class IntakeNotFound(DomainError):
    """No such intake in the actor's community."""

    code = "INTAKE_NOT_FOUND"
    message = "没有找到这条留言登记。"


class ReplyPending(DomainError):
    """The resident has not been answered yet: reply online first, then dispatch."""

    code = "REPLY_PENDING"
    message = "请先在线回复居民，再处理这条留言；如属安全隐患可直接立项。"


class IntakeAlreadyAccepted(DomainError):
    """One comment makes at most one issue, and this one has made it."""

    code = "INTAKE_ALREADY_ACCEPTED"
    message = "这条留言已经转为事项。"


class IntakeDismissed(DomainError):
    """The intake was closed without an issue."""

    code = "INTAKE_DISMISSED"
    message = "这条留言已经办结。"


class CategoryUnknown(DomainError):
    """No category has this code."""

    code = "CATEGORY_UNKNOWN"
    message = "没有这个事项类别。"


class PublicTextInvalid(DomainError):
    """A public text is empty or too long."""

    code = "PUBLIC_TEXT_INVALID"
    message = "公开说明不能为空，且不超过500字。"


class PublicTextRevealsPerson(DomainError):
    """A phone, an identity number or a door stands in what everybody will read."""

    code = "PUBLIC_TEXT_REVEALS_PERSON"
    message = "公开说明或地点中含有电话、证件号或门牌号，请删去后再提交。"


class PlaceTooLong(DomainError):
    """A place is a short description of where."""

    code = "PLACE_TOO_LONG"
    message = "地点说明不超过100字。"


class IssueNotFound(DomainError):
    """No such issue in the actor's community."""

    code = "ISSUE_NOT_FOUND"
    message = "没有找到这个事项。"


class IssueAlreadyAcknowledged(DomainError):
    """Somebody has taken notice of the issue before."""

    code = "ISSUE_ALREADY_ACKNOWLEDGED"
    message = "这个事项已经有人签收。"


class IssueNotAcknowledged(DomainError):
    """An issue is acknowledged before it is triaged."""

    code = "ISSUE_NOT_ACKNOWLEDGED"
    message = "请先签收，再分类派级。"


class HazardAlreadyConfirmed(DomainError):
    """A person has confirmed the hazard before."""

    code = "HAZARD_ALREADY_CONFIRMED"
    message = "这个安全隐患已经确认过。"


class HazardAlreadyDeclined(DomainError):
    """A person has declined the hazard before."""

    code = "HAZARD_ALREADY_DECLINED"
    message = "这个安全隐患已经被排除。"


class HazardNotRaised(DomainError):
    """There is no hazard to decline."""

    code = "HAZARD_NOT_RAISED"
    message = "这个事项没有标记安全隐患。"


class HazardRuleNotFound(DomainError):
    """No such rule in the community's set."""

    code = "HAZARD_RULE_NOT_FOUND"
    message = "没有找到这条隐患规则。"


class HazardRuleInvalid(DomainError):
    """A rule without words matches nothing; one with too many is a mistake."""

    code = "HAZARD_RULE_INVALID"
    message = "规则需要名称和1至50个关键词，每个关键词1至20字。"


class TooManyHazardRules(DomainError):
    """A set of rules is bounded."""

    code = "TOO_MANY_HAZARD_RULES"
    message = "隐患规则已达上限100条。"
