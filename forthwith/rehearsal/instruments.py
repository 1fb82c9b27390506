"""The notices of a rehearsal: the one that is rehearsed, those that acts issue, and the files that acts name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.as_issued import as_issued
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.acts.base import Act
from forthwith.rehearsal.acts.noticing import Appoint, Issue, NamesAFile, ReviseInterpretation, Vary
from forthwith.rehearsal.faults import ScenarioFault, at_act
from forthwith.rehearsal.shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class Instrument:
    """One notice as it is issued, with everything that the scenario adds to it later.

    `known`: everybody who may act, by role or by name; `obligations`: all that are ever imposed.
    """

    notice: Notice
    expected: Mapping[str, Expected]
    known: frozenset[str]
    obligations: frozenset[str]
    appointed: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.notice.terms.id

    def knows(self, who: str, at: datetime) -> bool:
        """Whether somebody can act by then; `at` is a local time."""
        return who in self.known or (who in self.appointed and self.appointed[who] <= at)


@dataclass(frozen=True, slots=True)
class Instruments:
    """`files`: what each act that names a file has to do with, by the act's number."""

    rehearsed: str
    by_id: Mapping[str, Instrument]
    files: Mapping[int, NoticeFile]

    def of(self, act: Act, number: int) -> Instrument:
        """The notice under which somebody acts; that of its file, if the act names one."""
        named = self.files[number].notice.id if number in self.files else act.notice or self.rehearsed
        if act.notice is not None and act.notice != named:
            raise ScenarioFault(
                f"The file is of the notice “{named}”, and the act is on “{act.notice}”.", "notice"
            )
        if named not in self.by_id:
            raise ScenarioFault(
                f"“{named}” is neither the notice that is rehearsed nor one that an act of this scenario issues.",
                "file" if number in self.files else "notice",
            )
        return self.by_id[named]


def instruments_of(acts: Sequence[Any], notice: Notice, beside: Path) -> Instruments:
    """Everything that the scenario needs to know of notices; raises ScenarioFault, or NoticeFileFaults."""
    named: dict[int, NoticeFile] = {}
    for number, act in enumerate(acts):
        if isinstance(act, (NamesAFile, Vary)) and act.file is not None:
            with at_act(number):
                named[number] = _read(act.file, beside)
    issued = {notice.terms.id: notice}
    for number, act in enumerate(acts):
        if isinstance(act, Issue) and named[number].notice.id not in issued:
            issued[named[number].notice.id] = as_issued(named[number])
    by_id = {each: _instrument(state, acts, notice.terms.id, named) for each, state in issued.items()}
    return Instruments(notice.terms.id, by_id, named)


def _read(name: str, beside: Path) -> NoticeFile:
    shipped = (
        path for path in SHIPPED.parent.rglob("*.yaml") if path.stem == name and path.parent != SHIPPED
    )
    found = next((path for path in (beside / name, *shipped) if path.is_file()), None)
    if found is None:
        raise ScenarioFault(
            f"There is no notice file “{name}” beside the scenario, and none that ships by that name.", "file"
        )
    return read_notice(found)


def _instrument(
    notice: Notice, acts: Sequence[Any], rehearsed: str, named: Mapping[int, NoticeFile]
) -> Instrument:
    """What is imposed and who is named by later acts counts too; the rules see to it that it has been by then."""
    known = {*notice.names, *(role.id for role in notice.roles)}
    obligations = {each.id for each in notice.obligations}
    appointed: dict[str, datetime] = {}
    for number, act in enumerate(acts):
        match act:
            case Vary() if number in named and named[number].notice.id == notice.terms.id:
                terms = named[number]
                known.update(each.id for each in terms.roles)
                known.update(each.id for each in terms.people)
                obligations.update(each.id for each in terms.obligations)
            case ReviseInterpretation() if (act.notice or rehearsed) == notice.terms.id:
                obligations.update(each.id for each in act.obligations)
            case Appoint() if (act.notice or rehearsed) == notice.terms.id:
                appointed[act.person.id] = min(act.at, appointed.get(act.person.id, act.at))
    by_name = {str(each.id): each for each in expected(notice)}
    return Instrument(notice, by_name, frozenset(known), frozenset(obligations), appointed)
