"""Whose it is to change the keys of the log, which belong to no notice and vouch for all of them."""

from collections.abc import Iterable
from datetime import datetime

from domain.actor import Actor
from domain.notice.state import Notice
from domain.refusals import NoticeNotIssued, NotInYourRole, OnlyPeopleDecide, Refusal
from domain.who import held_role, titles


def may_change_keys(notices: Iterable[Notice], by: Actor, now: datetime) -> Notice | Refusal:
    """The notice that somebody keeps for its issuer today, whether it is still in force or not; or why they may not."""
    if by.kind != "person":
        return OnlyPeopleDecide("A key of the log is changed by people.")
    issued = tuple(notice for notice in notices if notice.is_issued)
    if not issued:
        return NoticeNotIssued(
            "A key of the log is changed by whoever keeps a notice for its issuer, and the record holds no notice yet."
        )
    for notice in issued:
        if held_role(notice, by, notice.keeping_roles, now) is not None:
            return notice
    keepers = dict.fromkeys(titles(each, each.keeping_roles) for each in issued)
    name = next((each.names[by.id] for each in issued if by.id in each.names), f"“{by.id}”")
    return NotInYourRole(
        f"A key of the log is changed by whoever keeps a notice for its issuer: it is for {' or '.join(keepers)}; "
        f"{name} does not act as that today."
    )
