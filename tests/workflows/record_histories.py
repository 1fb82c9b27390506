"""Records the golden histories: python -m tests.workflows.record_histories [REASON…].

A history is recorded once and then kept. Record one anew only when no worker anywhere can still be running it; a
change to a clock that breaks a kept history would break the clocks that are running.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.workflows.scenes import SCENES, played

HISTORIES = Path(__file__).with_name("histories")

# Who recorded it and on which machine is nobody's business, and replaying does not ask.
NOT_KEPT = {"identity", "stackTrace", "binaryChecksum", "buildId"}


def without_the_machine(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_the_machine(each) for key, each in value.items() if key not in NOT_KEPT}
    if isinstance(value, list):
        return [without_the_machine(each) for each in value]
    return value


async def record(reasons: set[str]) -> None:
    HISTORIES.mkdir(exist_ok=True)
    for scene in SCENES:
        if reasons and scene.reason not in reasons:
            continue
        history = await played(scene)
        kept = {"workflowId": scene.watched, **without_the_machine(json.loads(history.to_json()))}
        (HISTORIES / f"{scene.reason}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print(f"{scene.reason}: {len(history.events)} events", file=sys.stderr)


if __name__ == "__main__":
    asyncio.run(record(set(sys.argv[1:])))
    # A short process that has used temporalio can crash at its very end.
    sys.stderr.flush()
    os._exit(0)
