"""Outreach's settings, read by bootstrap alone."""

from pathlib import Path
from typing import ClassVar, Self

from chassis.encryption import LookupHash
from chassis.settings import ServiceSettings
from pydantic import Field, SecretStr, field_validator, model_validator

from outreach.domain.notices.kinds import Template


class OutreachSettings(ServiceSettings):
    """What the environment says, beside what every service has.

    Attributes:
        wechat_api_base_url: WeChat's servers.
        comment_poll_seconds: how often each article is polled.
        comment_poll_days: articles published longer ago are polled no more.
        reply_send_seconds: how often the worker looks for replies that are due.
        notice_send_seconds: how often the worker looks for notices that are due.
        wechat_miniprogram_app_id: the mini-program, with its secret or neither; without them every
            notice waits in the app.
        wechat_issue_progress_template_id: by what name WeChat knows the mini-program's template
            for the progress of a matter; one that is missing is not asked for.
        wechat_voucher_template_id: likewise for what happens to a voucher.
        commenter_lookup_seconds: how often the worker looks for commenters to ask WeChat about.
        union_mark_key: base64url, 32 bytes, the same as residents': hashes WeChat's unionids.
        join_link_base_url: the page that takes the links in replies; without one there are none.
        public_base_url: by which WeChat reaches the callback.
        state_folder: where the last good set of public keys is kept over restarts.
    """

    service_name: ClassVar[str] = "outreach"

    wechat_api_base_url: str = "https://api.weixin.qq.com"
    comment_poll_seconds: float = Field(default=30, gt=0)
    comment_poll_days: float = Field(default=30, gt=0)
    reply_send_seconds: float = Field(default=0.5, gt=0)
    notice_send_seconds: float = Field(default=0.5, gt=0)
    wechat_miniprogram_app_id: str | None = None
    wechat_miniprogram_secret: SecretStr | None = None
    wechat_issue_progress_template_id: str | None = None
    wechat_voucher_template_id: str | None = None
    commenter_lookup_seconds: float = Field(default=5, gt=0)
    union_mark_key: SecretStr
    join_link_base_url: str | None = None
    public_base_url: str = "http://127.0.0.1:4104"
    state_folder: Path = Path(".local/outreach")

    @field_validator("union_mark_key")
    @classmethod
    def _is_a_mark_key(cls, key: SecretStr) -> SecretStr:
        LookupHash.parse(key.get_secret_value())
        return key

    @field_validator("wechat_api_base_url", "public_base_url", "join_link_base_url")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        credentials = (self.wechat_miniprogram_app_id, self.wechat_miniprogram_secret)
        if any(credentials) and not all(credentials):
            raise ValueError(
                "a mini-program needs WECHAT_MINIPROGRAM_APP_ID and WECHAT_MINIPROGRAM_SECRET"
            )
        return self

    def template_ids(self) -> dict[Template, str]:
        """The mini-program's templates by what they are for."""
        ids = {
            Template.ISSUE_PROGRESS: self.wechat_issue_progress_template_id,
            Template.VOUCHER: self.wechat_voucher_template_id,
        }
        return {template: known_as for template, known_as in ids.items() if known_as}

    def union_hash(self) -> LookupHash:
        """Build the keyed hash by which a WeChat user is known beyond one account."""
        return LookupHash.parse(self.union_mark_key.get_secret_value())
