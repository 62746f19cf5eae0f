"""How often an app may call each path, by the day (in Beijing) and by the minute.

WeChat shows each account its own numbers in the console; those published are the defaults here.
"""

import msgspec

from wechat_simulator.errcodes import refused
from wechat_simulator.records import Quota, Usage
from wechat_simulator.world import World

_BEIJING_AHEAD_SECONDS = 8 * 3600
_DAY_SECONDS = 86_400

_PUBLISHED = {
    "/cgi-bin/token": Quota("*", "/cgi-bin/token", per_day=2_000),
    "/cgi-bin/stable_token": Quota(
        "*", "/cgi-bin/stable_token", per_day=500_000, per_minute=10_000
    ),
    "/cgi-bin/stable_token?force_refresh": Quota(
        "*", "/cgi-bin/stable_token?force_refresh", per_day=20
    ),
    "/cgi-bin/message/custom/send": Quota("*", "/cgi-bin/message/custom/send", per_day=500_000),
    "/cgi-bin/message/subscribe/send": Quota(
        "*", "/cgi-bin/message/subscribe/send", per_day=10_000_000
    ),
    "/cgi-bin/user/info": Quota("*", "/cgi-bin/user/info", per_day=5_000_000),
    # Of each user.
    "/sns/jscode2session": Quota("*", "/sns/jscode2session", per_minute=100),
}


def quota_of(world: World, app_id: str, path: str) -> Quota:
    """Return the quota in force."""
    own = world.quotas.get(f"{app_id}:{path}")
    return own or _PUBLISHED.get(path) or Quota(app_id, path)


def spend(world: World, app_id: str, path: str, *, user: str = "") -> None:
    """Count one call, of a user's own where WeChat counts them by user.

    Raises: WeChatError 45009 past the day's quota, 45011 past the minute's.
    """
    quota = quota_of(world, app_id, path)
    key = f"{app_id}:{path}:{user}" if user else f"{app_id}:{path}"
    now = world.surroundings.seconds()
    usage = world.usage.get(key) or Usage(app_id, path)
    usage = _in_period(usage, day=(now + _BEIJING_AHEAD_SECONDS) // _DAY_SECONDS, minute=now // 60)
    if quota.per_day is not None and usage.used_today >= quota.per_day:
        raise refused(45009)
    if quota.per_minute is not None and usage.used_this_minute >= quota.per_minute:
        raise refused(45011)
    usage = msgspec.structs.replace(
        usage, used_today=usage.used_today + 1, used_this_minute=usage.used_this_minute + 1
    )
    world.usage.put(key, usage)


def _in_period(usage: Usage, *, day: int, minute: int) -> Usage:
    if usage.day != day:
        usage = msgspec.structs.replace(usage, day=day, used_today=0)
    if usage.minute != minute:
        usage = msgspec.structs.replace(usage, minute=minute, used_this_minute=0)
    return usage
