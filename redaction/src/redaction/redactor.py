"""Takes out of a text what points at one person or one door: by pattern, so never names.

What looks like a number is taken out rather than left in; the original can be read by staff.
Digits may be half-width, full-width, of other scripts or, for phones and doors, Chinese.
"""

import re
import unicodedata

PHONE, IDENTITY, DOOR, NUMBER = "[电话]", "[证件号]", "[门牌]", "[号码]"

_CHINESE_DIGITS = str.maketrans("零〇○一幺二两三四五六七八九", "00011223456789")

_INVISIBLE = "\u200b-\u200f\u2060\ufe0f\u20e3"
_GAP = rf"[\s{_INVISIBLE}\-‐-―−_.·,，、()（）]{{0,3}}"
_TIGHT = rf"[ {_INVISIBLE}\-‐-―−.·]{{0,2}}"


def _digits(count: str, gap: str) -> str:
    return rf"\d(?:{gap}\d){{{count}}}"


_IDENTITY = re.compile(
    rf"(?<!\d)(?:{_digits('16', _TIGHT)}{_TIGHT}[\dXx](?![\dA-Za-z])|{_digits('14', '')}(?!\d))"
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?!\d)")
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?{_GAP}86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_LANDLINE = re.compile(
    rf"(?<!\d)[(（]?0\d{{2,3}}[)）]?{_GAP}[2-9]\d{{2,3}}{_TIGHT}\d{{4}}(?!\d)"
    rf"|(?<!\d)[48]00{_TIGHT}\d{{3,4}}{_TIGHT}\d{{3,4}}(?!\d)"
)
_DATE = r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)"
_LONG_NUMBER = re.compile(rf"(?<!\d)(?!{_DATE}){_digits('6,', _TIGHT)}")

_N = "[0-9零〇○一二两三四五六七八九十百]"
_D = r"[ \t\-‐-―−_/#.·．、,，一]"
_BUILDING = rf"(?:{_N}{{1,4}}\s*(?:号院|号楼|楼栋|栋|幢|座|号|#楼?)|[A-Za-z]\s*(?:号楼|栋|幢|座))"
_UNIT = rf"{_N}{{1,3}}\s*(?:单元|门洞|门)"
_FLOOR = rf"{_N}{{1,3}}\s*(?:楼|层)"
_ROOM = r"(?:\d{3,4}|[零〇○一二三四五六七八九]{3,4})(?:\s*(?:室|房间?|户|号房?))?(?!\d)"
_SIDE = r"(?:[东西南北中]{1,2}[户门侧]|(?:左|右)[户门手])"
_LINK = r"[\s\-‐-―−,，、的]{0,2}"

_DOOR = re.compile(
    "|".join(
        (
            # 3号楼2单元501, 三号楼二单元五〇一室, 3栋501, 2单元5楼东户
            rf"(?:{_BUILDING}{_LINK})?{_UNIT}{_LINK}(?:{_FLOOR}{_LINK})?(?:{_ROOM}|{_SIDE})",
            rf"{_BUILDING}{_LINK}(?:{_FLOOR}{_LINK})?(?:{_ROOM}|{_SIDE})",
            rf"(?:{_UNIT}{_LINK})?{_FLOOR}{_LINK}{_SIDE}",
            # 5楼501
            rf"{_FLOOR}{_LINK}\d{{3,4}}(?![\d年元块户人天度次米号])",
            # 3-2-501, 3/2/501, 3 2 501, 3一2一501, 3#2-501室
            rf"(?<!\d)\d{{1,3}}{_D}{{1,2}}\d{{1,2}}{_D}{{1,2}}\d{{3,4}}(?!\d)(?:\s*(?:室|号|户))?",
            # 3-501, 12#1001
            r"(?<!\d)\d{1,2}\s?[\-‐-―−#]\s?\d{3,4}(?!\d)(?:\s*(?:室|号|户))?",
            # 501室, 五〇一室, 501号房, 501房, 501(室)
            r"(?<!\d)(?:\d{3,4}|[零〇○一二三四五六七八九]{3,4})\s*[(（]?"
            r"(?:室|号房|房间|房(?![租价产款东费屋子]))[)）]?",
        )
    )
)


def redact(text: str) -> str:
    """Replace phones, identity numbers, doors and other long numbers by what they were.

    Redacting what is redacted changes nothing.
    """
    for _ in range(len(text) + 1):
        redacted = _once(text)
        if redacted == text:
            break
        text = redacted
    return text


def reveals(text: str) -> bool:
    """Whether there is anything in the text that `redact` would take out."""
    return _once(text) != text


def _once(text: str) -> str:
    text = _replace(_IDENTITY, IDENTITY, text)
    text = _replace(_CARD, NUMBER, text)
    for pattern in (_MOBILE, _LANDLINE):
        text = _replace(pattern, PHONE, text)
        text = _replace(pattern, PHONE, text, chinese=True)
    text = _replace(_DOOR, DOOR, text)
    text = _replace(_LONG_NUMBER, NUMBER, text)
    return _replace(_LONG_NUMBER, NUMBER, text, chinese=True)


def _replace(pattern: re.Pattern[str], word: str, text: str, *, chinese: bool = False) -> str:
    """Put the word where the pattern fits the text as it would be typed on a plain keyboard."""
    plain = _plain(text)
    if chinese:
        plain = plain.translate(_CHINESE_DIGITS)
    pieces: list[str] = []
    end = 0
    for found in pattern.finditer(plain):
        pieces += (text[end : found.start()], word)
        end = found.end()
    return "".join((*pieces, text[end:]))


def _plain(text: str) -> str:
    """The text in half-width characters, place by place: the length never changes."""
    return "".join(_half_width(character) for character in text)


def _half_width(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isascii() else character
