"""What may stand in the fields of a subscribe message: a field's name says its kind.

Source: developers.weixin.qq.com, 发送订阅消息, 订阅消息参数值内容限制说明. WeChat publishes no
expression for "common signs": whatever is no control character passes here.
"""

import re

_HANZI = "\u4e00-\u9fff"
_MOMENT = r"(?:[0-9]{4}(?:年|-|/)[0-9]{1,2}(?:月|-|/)[0-9]{1,2}日?(?: |$))?"
_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_TIME = rf"{_MOMENT}{_CLOCK}"
_DATE = rf"(?:[0-9]{{4}}(?:年|-|/)[0-9]{{1,2}}(?:月|-|/)[0-9]{{1,2}}日?(?: {_CLOCK})?)"
_KINDS = {
    "thing": re.compile(r"[^\x00-\x1f\x7f]{1,20}"),
    "number": re.compile(r"(?=.{1,32}$)[0-9]+(?:\.[0-9]+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(rf"[^A-Za-z0-9{_HANZI}\x00-\x1f]{{1,5}}"),
    "character_string": re.compile(r"[\x20-\x7e]{1,32}"),
    "time": re.compile(rf"{_TIME}(?:~{_TIME})?"),
    "date": re.compile(rf"{_DATE}(?:~{_DATE})?"),
    "amount": re.compile(r"[¥￥$€£]?[0-9]{1,10}(?:\.[0-9]+)?元?"),
    "phone_number": re.compile(r"[0-9+*\- ]{1,17}"),
    "car_number": re.compile(rf"[{_HANZI}A-Z0-9]{{1,8}}"),
    "name": re.compile(rf"[{_HANZI}·A-Za-z ]{{1,10}}|[A-Za-z .·]{{1,20}}"),
    "phrase": re.compile(rf"[{_HANZI}]{{1,5}}"),
}
_FIELD = re.compile(r"([a-z_]+)[0-9]{1,2}")


def is_field(name: str) -> bool:
    """Whether a template can have a field of this name, such as thing1."""
    named = _FIELD.fullmatch(name)
    return named is not None and named[1] in _KINDS


def fits(name: str, value: str) -> bool:
    """Whether WeChat takes the value for a field of this name."""
    named = _FIELD.fullmatch(name)
    return named is not None and _KINDS[named[1]].fullmatch(value) is not None
