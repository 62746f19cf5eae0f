"""Access tokens: issued by `token` and `stable_token`, which know nothing of each other."""

import msgspec

from wechat_simulator.errcodes import refused
from wechat_simulator.records import AccessToken, App, TokenKind
from wechat_simulator.world import World

LIFETIME_SECONDS = 7200
# The earlier token stays good this long beside a new one; a stable token is renewed this early.
OVERLAP_SECONDS = 300
FORCED_REFRESH_EVERY_SECONDS = 30


def app_by_secret(world: World, app_id: str, secret: str) -> App:
    """Return the account or mini-program. Raises: WeChatError 41002, 41004, 40013, 40125."""
    if not app_id:
        raise refused(41002)
    if not secret:
        raise refused(41004)
    app = world.app(app_id)
    if app is None:
        raise refused(40013)
    if app.secret != secret:
        raise refused(40125)
    return app


def app_by_token(world: World, value: str) -> App:
    """Return whom a token stands for. Raises: WeChatError 41001, 40001, 42001."""
    if not value:
        raise refused(41001)
    token = world.tokens.get(value)
    app = None if token is None else world.app(token.app_id)
    if token is None or app is None:
        raise refused(40001)
    now = world.surroundings.seconds()
    if now >= token.expires_at:
        replaced_early = token.expires_at - token.issued_at < LIFETIME_SECONDS
        raise refused(40001 if replaced_early else 42001)
    return app


def new_plain_token(world: World, app: App) -> AccessToken:
    """Issue a token; the one before it is good for five more minutes."""
    _retire(world, app, "plain", good_for_seconds=OVERLAP_SECONDS)
    return _issue(world, app, "plain")


def stable_token(world: World, app: App, *, force_refresh: bool) -> AccessToken:
    """Return the current stable token, or a new one near its end or by force."""
    now = world.surroundings.seconds()
    current = _current(world, app, "stable")
    if current is None or current.expires_at <= now:
        _retire(world, app, "stable", good_for_seconds=0)
        return _issue(world, app, "stable")
    if force_refresh and now - current.issued_at >= FORCED_REFRESH_EVERY_SECONDS:
        _retire(world, app, "stable", good_for_seconds=0)
        return _issue(world, app, "stable")
    if current.expires_at - now <= OVERLAP_SECONDS:
        _retire(world, app, "stable", good_for_seconds=OVERLAP_SECONDS)
        return _issue(world, app, "stable")
    return current


def expire_tokens(world: World, app_id: str) -> int:
    """End the life of every token of an app now; return how many."""
    now = world.surroundings.seconds()
    living = [t for t in world.tokens.all() if t.app_id == app_id and t.expires_at > now]
    for token in living:
        ended = msgspec.structs.replace(
            token, issued_at=now - LIFETIME_SECONDS, expires_at=now, current=False
        )
        world.tokens.put(token.value, ended)
    return len(living)


def _current(world: World, app: App, kind: TokenKind) -> AccessToken | None:
    for token in world.tokens.all():
        if token.app_id == app.app_id and token.kind == kind and token.current:
            return token
    return None


def _retire(world: World, app: App, kind: TokenKind, *, good_for_seconds: int) -> None:
    now = world.surroundings.seconds()
    for token in world.tokens.all():
        if token.app_id != app.app_id or token.kind != kind:
            continue
        if token.expires_at < now - LIFETIME_SECONDS:
            world.tokens.remove(token.value)
        elif token.current:
            ends = min(token.expires_at, now + good_for_seconds)
            retired = msgspec.structs.replace(token, current=False, expires_at=ends)
            world.tokens.put(token.value, retired)


def _issue(world: World, app: App, kind: TokenKind) -> AccessToken:
    now = world.surroundings.seconds()
    number = world.next_number("token", first=80)
    value = f"{number}_{world.surroundings.random_bytes(64).hex()}"
    token = AccessToken(value, app.app_id, kind, now, now + LIFETIME_SECONDS)
    return world.tokens.put(value, token)
