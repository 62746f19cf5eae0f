"""Equal to what WeChat publishes: the samples that it ships with its own encoders."""

import pytest
from wechat_simulator.callback_crypto import NotForThisAccount, decrypt, encrypt, signature

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

# From WeChat's Java sample, WXBizMsgCryptTest: encrypted with known randomness.
JAVA_APP_ID = "wxb11529c136998cb6"
JAVA_RANDOM = b"aaaabbbbccccdddd"
JAVA_TEXT = "我是中文abcd123"
JAVA_TEXT_ENCRYPTED = (
    "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
)
JAVA_MESSAGE = (
    "<xml><ToUserName><![CDATA[oia2Tj我是中文jewbmiOUlr6X-1crbLOvLw]]></ToUserName>"
    "<FromUserName><![CDATA[gh_7f083739789a]]></FromUserName><CreateTime>1407743423</CreateTime>"
    "<MsgType><![CDATA[video]]></MsgType><Video><MediaId>"
    "<![CDATA[eYJ1MbwPRJtOvIEabaxHs7TX2D-HV71s79GUxqdUkjm6Gs2Ed1KF3ulAOA9H1xG0]]></MediaId>"
    "<Title><![CDATA[testCallBackReplyVideo]]></Title>"
    "<Description><![CDATA[testCallBackReplyVideo]]></Description></Video></xml>"
)
JAVA_MESSAGE_ENCRYPTED = (
    "jn1L23DB+6ELqJ+6bruv23M2GmYfkv0xBh2h+XTBOKVKcgDFHle6gqcZ1cZrk3e1qjPQ1F4RsLWzQRG9udbKWesxlkup"
    "qcEcW7ZQweImX9+wLMa0GaUzpkycA8+IamDBxn5loLgZpnS7fVAbExOkK5DYHBmv5tptA9tklE/fTIILHR8HLXa5nQvF"
    "b3tYPKAlHF3rtTeayNf0QuM+UW/wM9enGIDIJHF7CLHiDNAYxr+r+OrJCmPQyTy8cVWlu9iSvOHPT/77bZqJucQHQ04s"
    "q7KZI27OcqpQNSto2OdHCoTccjggX5Z9Mma0nMJBU+jLKJ38YB1fBIz+vBzsYjrTmFQ44YfeEuZ+xRTQwr92vhA9Oxch"
    "WVINGC50qE/6lmkwWTwGX9wtQpsJKhP+oS7rvTY8+VdzETdfakjkwQ5/Xka042OlUb1/slTwo4RscuQ+RdxSGvDahxAJ"
    "6+EAjLt9d8igHngxIbf6YyqqROxuxqIeIch3CssH/LqRs+iAcILvApYZckqmA7FNERspKA5f8GoJ9sv8xmGvZ9Yrf57c"
    "ExWtnX8aCMMaBropU/1k+hKP5LVdzbWCG0hGwx/dQudYR/eXp3P0XxjlFiy+9DMlaFExWUZQDajPkdPrEeOwofJb"
)

# From WeChat's Python sample, Sample.py: a push as it came, with its signature.
PYTHON_APP_ID = "wx2c2769f8efd9abc2"
PYTHON_TOKEN = "spamtest"
PYTHON_TIMESTAMP = "1409735669"
PYTHON_NONCE = "1320562132"
PYTHON_SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
PYTHON_ENCRYPTED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PG"
    "HQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6"
    "tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp"
    "3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhv"
    "Ql+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)


@pytest.mark.parametrize(
    ("text", "encrypted"),
    [(JAVA_TEXT, JAVA_TEXT_ENCRYPTED), (JAVA_MESSAGE, JAVA_MESSAGE_ENCRYPTED)],
)
def test_encrypts_as_the_published_java_sample(text: str, encrypted: str) -> None:
    made = encrypt(text, encoding_aes_key=KEY, app_id=JAVA_APP_ID, random=JAVA_RANDOM)
    assert made == encrypted
    assert decrypt(encrypted, encoding_aes_key=KEY, app_id=JAVA_APP_ID) == text


def test_signs_as_the_published_python_sample() -> None:
    made = signature(PYTHON_TOKEN, PYTHON_TIMESTAMP, PYTHON_NONCE, PYTHON_ENCRYPTED)
    assert made == PYTHON_SIGNATURE


def test_decrypts_the_published_python_sample() -> None:
    message = decrypt(PYTHON_ENCRYPTED, encoding_aes_key=KEY, app_id=PYTHON_APP_ID)
    assert "<Content><![CDATA[abcdteT]]></Content>" in message
    assert "<MsgId>6054768590064713728</MsgId>" in message


def test_a_text_for_another_account_is_refused() -> None:
    with pytest.raises(NotForThisAccount):
        decrypt(JAVA_TEXT_ENCRYPTED, encoding_aes_key=KEY, app_id=PYTHON_APP_ID)


@pytest.mark.parametrize("damaged", ["", "AAAA", "不是", JAVA_TEXT_ENCRYPTED[:-4] + "AAAA"])
def test_what_was_not_encrypted_with_the_key_is_refused(damaged: str) -> None:
    with pytest.raises(NotForThisAccount):
        decrypt(damaged, encoding_aes_key=KEY, app_id=JAVA_APP_ID)
