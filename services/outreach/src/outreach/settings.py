"""Outreach's settings, read by bootstrap alone."""

from pathlib import Path
from typing import ClassVar

from chassis.settings import ServiceSettings
from pydantic import Field, field_validator


class OutreachSettings(ServiceSettings):
    """What the environment says, beside what every service has.

    Attributes:
        wechat_api_base_url: WeChat's servers.
        comment_poll_seconds: how often each article is polled.
        comment_poll_days: articles published longer ago are polled no more.
        reply_send_seconds: how often the worker looks for replies that are due.
        public_base_url: by which WeChat reaches the callback.
        state_folder: where the last good set of public keys is kept over restarts.
    """

    service_name: ClassVar[str] = "outreach"

    wechat_api_base_url: str = "https://api.weixin.qq.com"
    comment_poll_seconds: float = Field(default=30, gt=0)
    comment_poll_days: float = Field(default=30, gt=0)
    reply_send_seconds: float = Field(default=0.5, gt=0)
    public_base_url: str = "http://127.0.0.1:4104"
    state_folder: Path = Path(".local/outreach")

    @field_validator("wechat_api_base_url", "public_base_url")
    @classmethod
    def _is_a_web_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")
