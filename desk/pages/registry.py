"""Every page module of the desk. A new module gets one line here, and its link in `desk/navigation.py`."""

from __future__ import annotations

from fastapi import APIRouter

from desk import static_files
from desk.feeds import page as my_calendar
from desk.feeds import serving as feeds
from desk.pages import (
    act,
    audit,
    calendar,
    compare,
    decisions,
    deliveries,
    event,
    health,
    history,
    home,
    log,
    mailbox,
    notice,
    obligations,
    occurrence,
    operator,
    plan,
    portfolio,
    readings,
    replay,
    reviews,
    sign_in,
    submit,
    task,
    tasks,
    why,
)

PAGES: tuple[APIRouter, ...] = (
    health.router,
    static_files.router,
    sign_in.router,
    home.router,
    tasks.router,
    task.router,
    act.router,
    submit.router,
    portfolio.router,
    notice.router,
    obligations.router,
    plan.router,
    reviews.router,
    calendar.router,
    deliveries.router,
    readings.router,
    decisions.router,
    replay.router,
    compare.router,
    occurrence.router,
    why.router,
    history.router,
    event.router,
    audit.router,
    operator.router,
    log.router,
    mailbox.router,
    my_calendar.router,
    feeds.router,
)
