"""Every page module of the desk. A new module gets one line here, and its link in `desk/navigation.py`."""

from __future__ import annotations

from fastapi import APIRouter

from desk import static_files
from desk.feeds import page as my_calendar
from desk.feeds import serving as feeds
from desk.pages import (
    access,
    act,
    event,
    health,
    history,
    home,
    log,
    mailbox,
    notice,
    occurrence,
    provider,
    sign_in,
    sign_in_link,
    submit,
    task,
    tasks,
    your_sessions,
)

PAGES: tuple[APIRouter, ...] = (
    health.router,
    static_files.router,
    sign_in.router,
    sign_in_link.router,
    provider.router,
    your_sessions.router,
    home.router,
    tasks.router,
    task.router,
    act.router,
    submit.router,
    notice.router,
    occurrence.router,
    history.router,
    event.router,
    log.router,
    mailbox.router,
    my_calendar.router,
    feeds.router,
    access.router,
)
