"""What people are told before they agree: one text a purpose and version, the newest counts."""

from datetime import date

import msgspec

from residents.domain.privacy.purposes import Purpose


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What is collected for a purpose, why, and for how long.

    Attributes:
        effective_from: from this day on it is the one to agree to.
    """

    purpose: Purpose
    version: int
    effective_from: date
    title: str
    text: str


POLICIES = (
    Policy(
        purpose=Purpose.ACCOUNT,
        version=1,
        effective_from=date(2026, 11, 1),
        title="登录与账号",
        text=(
            "您用微信登录时，我们保存微信给本小程序的用户标识，用来认出是您本人；"
            "您另外授权手机号时，加密保存该号码，用来核对身份和联系您。"
            "不读取通讯录、位置和聊天记录，不提供给社区以外的人。"
            "您可以随时撤回；撤回会记录在案，需要注销账号的请向社区提出，已登记的事项仍会办完。"
        ),
    ),
    Policy(
        purpose=Purpose.HOUSEHOLD_BINDING,
        version=1,
        effective_from=date(2026, 11, 1),
        title="绑定住户",
        text=(
            "为确认您住在本社区，我们把您的账号与社区档案中的住户和您本人对应起来，"
            "由社区工作人员或小区管家核对。绑定后您可以查看自己的档案、代表本户办事。"
            "同住的人不会因此看到您的联系方式。"
            "您可以随时撤回；撤回后绑定解除，账号保留，档案不因此改变。"
        ),
    ),
)


def current_policy(purpose: Purpose, today: date) -> Policy:
    """The newest text that is in effect on that day; the first one before any is."""
    of_purpose = [policy for policy in POLICIES if policy.purpose is purpose]
    in_effect = [policy for policy in of_purpose if policy.effective_from <= today]
    return max(in_effect or of_purpose[:1], key=lambda policy: policy.version)
