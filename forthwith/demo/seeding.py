"""The demonstration's store: the Lancashire notice in mid-notice, with a past that is plausible and invented."""

from importlib.resources import as_file, files

from activities.delivery.dispatcher import Channel, Dispatcher
from activities.delivery.passes import Passes
from domain.actor import Actor
from domain.clock import SteppedClock
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import start_of
from forthwith.rehearsal.stage import issue_on_stage
from forthwith.world import World
from ledger.office import Office

LIMIT = 256 * 1024
ISSUER = Actor("person", "imogen-hartley")


def demo_notice() -> NoticeFile:
    with as_file(files("notices") / "lancashire-2016.yaml") as path:
        return read_notice(path)


def demo_past() -> Scenario:
    with as_file(files("forthwith.demo") / "past.yaml") as path:
        return read_model(path, Scenario, LIMIT)


async def write_past(world: World, channel: Channel, base_url: str, passes: Passes | None = None) -> None:
    """Live through the past on the real ledger, with real mail, up to the moment at which the clock stands."""
    terms = demo_notice()
    now = world.clock.now()
    for person in terms.people:
        if person.email:
            await world.directory.set_address(person.id, person.email, now)
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    office, outbox = Office(world.ledger, clock), world.outbox()
    dispatcher = Dispatcher(office, outbox, world.directory, channel, base_url, clock, passes=passes)

    async def deliver() -> None:
        await dispatcher.dispatch_waiting()

    stage = await issue_on_stage(terms, demo_past(), office, outbox, clock, deliver, ISSUER)
    await PureEngine(stage, lambda _: None, until=now).run()
