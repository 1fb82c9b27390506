"""Starting and poking clocks: one call does both, so that a clock that is missing comes to life."""

from typing import Any

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDReusePolicy,
)

from domain.clock import ClockSpec
from domain.identity import OccurrenceId
from workflows.notice_clock import NoticeClock
from workflows.occurrence_clock import OccurrenceClock
from workflows.patience import NOTICE, OBLIGATION, SEARCH_ATTRIBUTES, ClockStart

TASK_QUEUE = "forthwith"


async def poke_clock(client: Client, stream: str, position: int, clock: ClockSpec) -> None:
    """Tell the clock of a stream (``notice/…`` or ``occ/…``) that the record has moved on; start it if need be."""
    is_occurrence = stream.startswith("occ/")
    name = stream.split("/", 1)[1]
    await client.start_workflow(
        OccurrenceClock.run if is_occurrence else NoticeClock.run,
        ClockStart(name, clock),
        id=stream,
        task_queue=TASK_QUEUE,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        start_signal="poke",
        start_signal_args=[position],
        search_attributes=_attributes(name, is_occurrence=is_occurrence),
        static_summary=f"Chases {name}" if is_occurrence else f"Opens what falls due under {name}",
    )


def _attributes(name: str, *, is_occurrence: bool) -> TypedSearchAttributes:
    if not is_occurrence:
        return TypedSearchAttributes([SearchAttributePair(NOTICE, name)])
    occurrence = OccurrenceId.parse(name)
    return TypedSearchAttributes(
        [
            SearchAttributePair(NOTICE, occurrence.notice),
            SearchAttributePair(OBLIGATION, occurrence.obligation),
        ]
    )


async def name_search_attributes(client: Client) -> None:
    """Make our search attributes known to a server; those that it knows already stay as they are."""
    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=client.namespace,
            search_attributes={key.name: _on_the_wire(key) for key in SEARCH_ATTRIBUTES},
        )
    )


def _on_the_wire(key: SearchAttributeKey[Any]) -> IndexedValueType.ValueType:
    return IndexedValueType.ValueType(key.indexed_value_type)
