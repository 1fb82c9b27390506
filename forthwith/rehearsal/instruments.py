"""The notices of a rehearsal: the one that is rehearsed, those that acts issue, and the files that acts name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from domain.notice.as_issued import as_issued
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.acts.base import Act
from forthwith.rehearsal.acts.noticing import Appoint, Issue, ReviseInterpretation, Vary, restated
from forthwith.rehearsal.everything import Happening
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.files import notice_file


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
    """`files`: what each act that names a file has to do with, by its place among everything that happens."""

    rehearsed: str
    by_id: Mapping[str, Instrument]
    files: Mapping[int, NoticeFile]

    def of(self, act: Act, place: int) -> Instrument:
        """The notice under which somebody acts; that of its file, if the act names one."""
        named = self.files[place].notice.id if place in self.files else act.notice or self.rehearsed
        if act.notice is not None and act.notice != named:
            raise ScenarioFault(
                f"The file is of the notice “{named}”, and the act is on “{act.notice}”.", "notice"
            )
        if named not in self.by_id:
            raise ScenarioFault(
                f"“{named}” is neither the notice that is rehearsed nor one that an act of this scenario issues.",
                "file" if place in self.files else "notice",
            )
        return self.by_id[named]


def instruments_of(everything: Sequence[Happening], notice: Notice) -> Instruments:
    """Everything that the scenario needs to know of notices; raises ScenarioFault, or NoticeFileFaults."""
    named: dict[int, NoticeFile] = {}
    issued = {notice.terms.id: notice}
    for place, happening in enumerate(everything):
        if isinstance(happening.act, Issue | Vary) and happening.act.file is not None:
            with happening.at_fault():
                named[place] = _read(happening.act.file, happening)
        if isinstance(happening.act, Issue):
            issued.setdefault(named[place].notice.id, as_issued(named[place]))
    by_id = {each: _instrument(state, everything, notice.terms.id, named) for each, state in issued.items()}
    return Instruments(notice.terms.id, by_id, named)


def _read(name: str, happening: Happening) -> NoticeFile:
    found = notice_file(name, happening.beside)
    if found is None:
        raise ScenarioFault(
            f"There is no notice file “{name}” beside the scenario, and none that ships by that name.", "file"
        )
    return read_notice(found)


def _instrument(
    notice: Notice, everything: Sequence[Happening], rehearsed: str, named: Mapping[int, NoticeFile]
) -> Instrument:
    """What is imposed and who is named by later acts counts too; the rules see to it that it has been by then."""
    known = {*notice.names, *(role.id for role in notice.roles)}
    obligations = {each.id for each in notice.obligations}
    appointed: dict[str, datetime] = {}
    for place, happening in enumerate(everything):
        act = happening.act
        if not isinstance(act, Act) or _notice_of(act, place, rehearsed, named) != notice.terms.id:
            continue
        match act:
            case Vary():
                terms = named.get(place) or _restated(act, notice, happening)
                known.update(each.id for each in terms.roles)
                known.update(each.id for each in terms.people)
                obligations.update(each.id for each in terms.obligations)
            case ReviseInterpretation():
                obligations.update(each.id for each in act.obligations)
            case Appoint():
                appointed[act.person.id] = min(act.at, appointed.get(act.person.id, act.at))
    by_name = {str(each.id): each for each in expected(notice)}
    return Instrument(notice, by_name, frozenset(known), frozenset(obligations), appointed)


def _notice_of(act: Act, place: int, rehearsed: str, named: Mapping[int, NoticeFile]) -> str:
    return named[place].notice.id if place in named else act.notice or rehearsed


def _restated(act: Vary, notice: Notice, happening: Happening) -> NoticeFile:
    with happening.at_fault():
        try:
            return restated(act, notice)
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            where = ".".join(str(step) for step in problem["loc"])
            raise ScenarioFault(
                f"These terms do not fit an obligation ({where}): {problem['msg'].lower()}.", "obligations"
            ) from None
