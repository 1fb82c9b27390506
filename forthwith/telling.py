"""What people are told when something has started."""

from datetime import datetime

from domain.time.zones import to_local
from forthwith.demo.clock import ZONE
from forthwith.embedded.running import Running
from forthwith.output import talk


def tell_up(running: Running) -> None:
    """Where everything is, once it is ready."""
    _tell("Forthwith runs.", running)
    talk.print(
        "Bring a notice into force with: forthwith notice issue notices/lancashire-2016.yaml", markup=False
    )
    talk.print("Let somebody sign in at the desk with: forthwith users add PERSON", markup=False)
    _how_to_stop()


def tell_demo(running: Running, now: datetime) -> None:
    """Where everything is, what time it is there, and what is worth a look."""
    _tell("The Lancashire notice is being chased.", running)
    talk.print(
        f"It is {to_local(now, ZONE):%A %-d %B %Y, %H:%M} there. Steps are taken at nine on working days."
    )
    talk.print(
        "The September report is overdue. Sign in as Helen Marsh, the director, to acknowledge the escalation."
    )
    talk.print(f"  The year so far   {running.desk_url}/notice")
    talk.print(f"  The mail it sent  {running.desk_url}/mailbox")
    talk.print(
        "In another terminal: forthwith task list, forthwith history lancashire-2016, forthwith verify"
    )
    talk.print("To begin again in October 2016: forthwith demo --fresh")
    _how_to_stop()


def _tell(headline: str, running: Running) -> None:
    talk.print(headline, style="bold")
    talk.print(f"  The desk          {running.desk_url}")
    if running.temporal_ui_url:
        talk.print(f"  Temporal's pages  {running.temporal_ui_url}")


def _how_to_stop() -> None:
    talk.print("Stop with Ctrl-C, or with `forthwith down` from elsewhere.")
