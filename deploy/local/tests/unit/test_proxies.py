"""Behind a proxy: this machine is exempt, and what was exempt before stays so."""

from local_stack.proxies import without_proxy_here


def test_this_machine_is_added_to_what_is_exempt_already() -> None:
    made = without_proxy_here({"NO_PROXY": "intra.example, localhost", "no_proxy": "10.0.0.1"})
    assert made["NO_PROXY"] == "intra.example,localhost,10.0.0.1,127.0.0.1"
    assert made["no_proxy"] == made["NO_PROXY"]


def test_where_nothing_is_exempt_this_machine_is() -> None:
    assert without_proxy_here({})["NO_PROXY"] == "127.0.0.1,localhost"
