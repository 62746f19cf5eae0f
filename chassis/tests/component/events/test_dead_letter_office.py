"""What was given up is found, whichever of the topics it came by."""

from chassis.clock import utc_now
from chassis.dead_letter_office import DeadLetterOffice
from chassis.dead_letters import Arrived, DeadLetterWriter
from chassis.ids import new_id
from chassis.publisher import Publisher
from chassis.topics import Topic, create_topics

from .conftest import Bakery


async def test_the_letters_of_every_topic_are_listed(bakery: Bakery) -> None:
    kafka, names = bakery.kafka, [new_id("mill") for _ in range(3)]
    await create_topics(kafka, [Topic(name) for name in names])
    writer = DeadLetterWriter(Publisher(kafka, client_id="mill"), service="mill", now=utc_now)
    for name in reversed(names):
        arrived = Arrived(topic=name, partition=0, offset=0, key=b"k", value=b"{}", headers=[])
        await writer.write(arrived, ZeroDivisionError(), attempts=5)
    await writer.close()
    office = DeadLetterOffice(
        service="mill", kafka=kafka, store=bakery.store, topics=names, now=utc_now
    )

    letters = await office.letters()
    await office.close()

    assert [letter.dead.topic for letter in letters] == names
