"""What a letter says about an act of somebody else: a small function for each kind of event, one module a family."""

from activities.delivery.matters import deciding, delivering, excusing, handing, reporting, reviewing
from activities.delivery.matters.matter import Matter, MatterOf

MATTERS: dict[str, MatterOf] = {
    **reporting.MATTERS,
    **reviewing.MATTERS,
    **excusing.MATTERS,
    **handing.MATTERS,
    **deciding.MATTERS,
    **delivering.MATTERS,
}

__all__ = ["MATTERS", "Matter", "MatterOf"]
