"""Keeps one recorded event of every kind and version: python deploy/maintenance/write_golden_events.py.

They are taken from the shipped scenarios, as the record holds them; a kind that no scenario brings about is made up from
its own annotations. A file that is there is never written again: it says what a record may hold.
"""

import asyncio
from pathlib import Path

from hypothesis import HealthCheck, Phase, find, settings

from domain.events.kinds import KINDS, to_data
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.stage import set_stage
from ledger.memory import MemoryLedger
from ledger.profile import canonical_json
from tests.domain.generated_events import examples_of

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "domain" / "golden_events"
_ONCE = settings(
    max_examples=1, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


async def recorded(scenario: Path) -> MemoryLedger:
    folder = scenario.parent.name
    notice = "lancashire-2016" if folder == "scenarios" else folder
    stage = await set_stage(
        read_notice(ROOT / "notices" / f"{notice}.yaml"), read_model(scenario, Scenario, 65_536)
    )
    await PureEngine(stage, lambda _: None).run()
    assert isinstance(stage.office.ledger, MemoryLedger)
    return stage.office.ledger


def missing() -> dict[str, Path]:
    files = {kind.topic: GOLDEN / f"{kind.topic}.json" for kind in KINDS}
    return {topic: file for topic, file in files.items() if not file.exists()}


def write(file: Path, data: object) -> None:
    file.write_bytes(canonical_json(data, "event.data") + b"\n")
    print(file.relative_to(ROOT))


async def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    wanted = missing()
    for scenario in sorted((ROOT / "notices" / "scenarios").rglob("*.yaml")) if wanted else ():
        for event in await (await recorded(scenario)).read(limit=1_000_000):
            if event.type in wanted:
                write(wanted.pop(event.type), event.envelope.data)
    for kind in KINDS:
        if kind.topic in wanted:
            print("made up:", end=" ")
            write(wanted[kind.topic], to_data(find(examples_of(kind.shape), lambda _: True, settings=_ONCE)))


if __name__ == "__main__":
    asyncio.run(main())
