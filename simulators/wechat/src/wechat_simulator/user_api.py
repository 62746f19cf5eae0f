"""What an official account may know of one person: `/cgi-bin/user/info`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wechat_simulator.answering import Answer, answer_with_token, official_account
from wechat_simulator.errcodes import refused
from wechat_simulator.records import App, OfficialAccount, Phone
from wechat_simulator.world import World, unionid_of

USER_INFO = "/cgi-bin/user/info"


def user_router(world: World) -> APIRouter:
    """Return the route that tells of a person by openid."""
    router = APIRouter()

    @router.api_route(USER_INFO, methods=["GET", "POST"])
    async def user_info(request: Request, openid: str = "", lang: str = "zh_CN") -> Response:
        def act(app: App, body: bytes) -> Answer:
            account = official_account(app)
            if not openid:
                raise refused(41009)
            phone = world.phone_of(account.app_id, openid)
            if phone is None:
                raise refused(40003)
            return _person(account, phone, openid, lang)

        return await answer_with_token(world, USER_INFO, act, request, method="GET")

    return router


def _person(account: OfficialAccount, phone: Phone, openid: str, lang: str) -> Answer:
    """Tell of a follower; of anybody else WeChat says only that they follow no more."""
    if account.app_id not in phone.follows:
        return {"subscribe": 0, "openid": openid, "tagid_list": []}
    union = {}
    if account.open_platform is not None:
        union["unionid"] = unionid_of(account.open_platform, phone.name)
    return {
        "subscribe": 1,
        "openid": openid,
        "language": lang,
        "subscribe_time": phone.followed_at.get(account.app_id, 0),
        **union,
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": "",
    }
