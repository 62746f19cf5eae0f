"""How long an operation may take: four seconds, or what MONGODB_URI says."""

import pytest
from chassis.errors import StoreUnavailable
from chassis.mongo import DriverName, Store


@pytest.mark.parametrize("driver", ["motor", "pymongo"])
async def test_what_the_uri_says_of_a_timeout_is_taken(
    driver: DriverName, mongodb_uri: str
) -> None:
    uri, options = mongodb_uri.split("?")
    others = "&".join(each for each in options.split("&") if not each.startswith("timeoutMS"))
    store = Store.connect(f"{uri}?{others}&timeoutms=0.0001", "impatient", driver=driver)

    with pytest.raises(StoreUnavailable):
        await store.collection("loaves").count({})

    await store.close()
