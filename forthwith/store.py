"""Making a database ready: its schema, its logins, and which world it holds."""

from contextlib import suppress

from domain.clock import ClockSpec
from domain.record import SimulatedTimeRefused
from ledger.instance import read_instance, set_instance
from ledger.migrations import migrate
from ledger.privileges import provision, provision_publisher


async def prepare_store(
    owner_url: str,
    application_password: str,
    simulated: ClockSpec | None = None,
    publisher_password: str | None = None,
    projector_password: str | None = None,
) -> ClockSpec:
    """Bring a database up to date; a clock makes it a simulated one, if it holds nothing yet. Returns its clock.

    A store that holds events keeps its world: a demonstration goes on where its clock has got to.
    """
    await migrate(owner_url)
    await provision(owner_url, application_password, projector_password=projector_password)
    if publisher_password:
        await provision_publisher(owner_url, publisher_password)
    if simulated is not None:
        with suppress(SimulatedTimeRefused):
            await set_instance(owner_url, "simulated", simulated)
    return (await read_instance(owner_url)).clock
