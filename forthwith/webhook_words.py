"""What is wrong with a webhook, in words for whoever runs the service."""

from collections.abc import Mapping
from datetime import datetime

from domain.ports import WebhookState


def trouble_with(state: WebhookState) -> str | None:
    """None where it takes what it is told. Times are real ones, in UTC."""
    fault = f": {state.fault.rstrip('.')}" if state.fault else ""
    if state.closed_at is not None:
        return f"It wants no more, since {_utc(state.closed_at)}. Take its line out, or give it a new name to begin again."
    if state.tries and state.failing_since is not None:
        tries = "once" if state.tries == 1 else f"{state.tries} times"
        return (
            f"It has not taken event {state.told + 1:,} or one soon after since {_utc(state.failing_since)}, asked {tries}"
            f"{fault}. What follows waits for that."
        )
    if state.passed_over:
        events = "One event was" if state.passed_over == 1 else f"{state.passed_over} events were"
        return f"{events} passed over, because they were not taken for two days{fault}."
    return None


def troubles(states: Mapping[str, WebhookState]) -> dict[str, str]:
    """Those that are in trouble, by name."""
    found = {name: trouble_with(state) for name, state in states.items()}
    return {name: trouble for name, trouble in found.items() if trouble is not None}


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
