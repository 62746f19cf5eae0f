"""WeChat's signature and encryption against vectors that others published, not our encoder."""

import base64

import pytest
from outreach.adapters.wechat_crypto import CannotOpen, decrypt, is_signed

# WeChat's own sample code (WXBizMsgCrypt, mp.weixin.qq.com/wiki/downloads/SampleCode.zip).
SAMPLE_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SAMPLE_APP_ID = "wx2c2769f8efd9abc2"
SAMPLE_TOKEN, SAMPLE_TIMESTAMP, SAMPLE_NONCE = "spamtest", "1409735669", "1320562132"
SAMPLE_SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
SAMPLE_ENCRYPTED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PG"
    "HQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6"
    "tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp"
    "3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhv"
    "Ql+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
SAMPLE_MESSAGE = """<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>
<FromUserName><![CDATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>
<CreateTime>1409735668</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[abcdteT]]></Content>
<MsgId>6054768590064713728</MsgId>
</xml>"""

# developers.weixin.qq.com, 消息加解密说明, 安全模式 (there in JSON; the envelope is the same).
GUIDE_ENCRYPTED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)
GUIDE_MESSAGE = (
    b'{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
    b'"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)

# The tests of wechatpy (a corp id stands where an appid does).
WECHATPY_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
WECHATPY_ID = "wx49f0ab532d5d035a"
WECHATPY_ENCRYPTED = (
    "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrsTy"
    "eDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+BiYy"
    "olBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7vXUaWO"
    "MZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQipvWTT4dShyqio7ml"
    "sl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0="
)


def test_the_sample_of_wechat_is_signed_and_opens() -> None:
    parts = (SAMPLE_TOKEN, SAMPLE_TIMESTAMP, SAMPLE_NONCE, SAMPLE_ENCRYPTED)

    assert is_signed(SAMPLE_SIGNATURE, *parts)
    opened = decrypt(SAMPLE_ENCRYPTED, encoding_aes_key=SAMPLE_KEY, app_id=SAMPLE_APP_ID)
    assert opened.decode() == SAMPLE_MESSAGE


def test_the_example_of_wechats_guide_is_signed_and_opens() -> None:
    address = ("AAAAA", "1714112445", "415670741")

    assert is_signed("6c5c811b55cc85e0e1b54100749188c20beb3f5d", *address)
    assert is_signed("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", *address, GUIDE_ENCRYPTED)
    opened = decrypt(GUIDE_ENCRYPTED, encoding_aes_key="A" * 43, app_id="wxba5fad812f8e6fb9")
    assert opened == GUIDE_MESSAGE


def test_the_address_check_of_wechats_guide_is_signed() -> None:
    assert is_signed(
        "f464b24fc39322e44b38aa78f5edd27bd1441696", "AAAAA", "1714036504", "1514711492"
    )


def test_the_vector_of_wechatpy_is_signed_and_opens() -> None:
    parts = ("123456", "1411525903", "461056294", WECHATPY_ENCRYPTED)

    assert is_signed("74d92dfeb87ba7c714f89d98870ae5eb62dff26d", *parts)
    opened = decrypt(WECHATPY_ENCRYPTED, encoding_aes_key=WECHATPY_KEY, app_id=WECHATPY_ID)
    assert b"<Content><![CDATA[test]]></Content>" in opened


@pytest.mark.parametrize(
    "parts",
    [
        ("spamtesT", SAMPLE_TIMESTAMP, SAMPLE_NONCE, SAMPLE_ENCRYPTED),
        (SAMPLE_TOKEN, "1409735670", SAMPLE_NONCE, SAMPLE_ENCRYPTED),
        (SAMPLE_TOKEN, SAMPLE_TIMESTAMP, "1320562133", SAMPLE_ENCRYPTED),
        (SAMPLE_TOKEN, SAMPLE_TIMESTAMP, SAMPLE_NONCE, SAMPLE_ENCRYPTED[:-4] + "AAA="),
    ],
)
def test_a_signature_fits_nothing_else(parts: tuple[str, ...]) -> None:
    assert not is_signed(SAMPLE_SIGNATURE, *parts)


@pytest.mark.parametrize("signature", ["", "签名", "5d19", SAMPLE_SIGNATURE.upper()])
def test_what_is_no_signature_fits_nothing(signature: str) -> None:
    parts = (SAMPLE_TOKEN, SAMPLE_TIMESTAMP, SAMPLE_NONCE, SAMPLE_ENCRYPTED)

    assert not is_signed(signature, *parts)


def test_a_message_for_another_account_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        decrypt(SAMPLE_ENCRYPTED, encoding_aes_key=SAMPLE_KEY, app_id="wx2c2769f8efd9abc3")


def test_a_message_under_another_key_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        decrypt(SAMPLE_ENCRYPTED, encoding_aes_key="A" * 43, app_id=SAMPLE_APP_ID)


@pytest.mark.parametrize(
    "encrypted",
    ["", "not base64!", "AAAA", SAMPLE_ENCRYPTED[:-8], base64.b64encode(bytes(64)).decode()],
)
def test_what_is_no_ciphertext_does_not_open(encrypted: str) -> None:
    with pytest.raises(CannotOpen):
        decrypt(encrypted, encoding_aes_key=SAMPLE_KEY, app_id=SAMPLE_APP_ID)


def test_every_flipped_byte_is_noticed_or_changes_the_signature() -> None:
    raw = bytearray(base64.b64decode(SAMPLE_ENCRYPTED))
    for position in range(0, len(raw), 7):
        changed = bytes(raw[:position]) + bytes([raw[position] ^ 1]) + bytes(raw[position + 1 :])
        encrypted = base64.b64encode(changed).decode()
        assert not is_signed(
            SAMPLE_SIGNATURE, SAMPLE_TOKEN, SAMPLE_TIMESTAMP, SAMPLE_NONCE, encrypted
        )
