"""The worker that runs the clocks, and the client it runs on."""

from collections.abc import Sequence
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.chase import ChaseActivities
from domain.ports import Chase
from workflows.notice_clock import NoticeClock
from workflows.occurrence_clock import OccurrenceClock
from workflows.starting import TASK_QUEUE

# domain is pure and holds zone objects, which do not survive the sandbox; eventsourcing patches stdlib dataclasses
# on import, and inside a sandbox that ends in a RecursionError after some hundreds of workflows.
PASSED_THROUGH = (
    "domain",
    "activities",
    "workflows",
    "eventsourcing",
    "pydantic",
    "pydantic_core",
    "structlog",
)


def clock_worker(client: Client, chase: Chase, **options: Any) -> Worker:
    """A worker for both clocks; `options` are the worker's own."""
    activities: Sequence[Any] = ChaseActivities(chase).all()
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[OccurrenceClock, NoticeClock],
        activities=activities,
        workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
        **options,
    )
