"""People, bodies, things owed and times as a reader would say them. British English on every machine."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from domain.actor import A_PARTNER, OUTSIDE, Actor, is_outside
from domain.events.owing import OccurrenceOpened
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.occurrence.owed import Owed, owed_on
from domain.time.periods import Period
from domain.time.words import ordinal, plain_date
from domain.time.zones import local_date, to_local

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STRENGTHS = {"must": "must", "should": "should", "may": "may", "none": "is to"}


def long_date(day: date) -> str:
    """`Tuesday 14 June 2016`."""
    return f"{_WEEKDAYS[day.weekday()]} {plain_date(day)}"


def moment(instant: datetime, zone: str) -> str:
    """`Tuesday 14 June 2016, 9:00`, as the clocks of the zone show it."""
    local = to_local(instant, zone)
    return f"{long_date(local.date())}, {local.hour}:{local.minute:02}"


def day_of(instant: datetime, zone: str) -> str:
    """`Tuesday 14 June 2016`, in the zone."""
    return long_date(local_date(instant, zone))


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def body(notice: Notice, party: str) -> str:
    """A party as it stands within a sentence: `the improvement board`, `Lancashire County Council`."""
    name = notice.party_name(party)
    return f"the {name[4:]}" if name.startswith("The ") else name


def role_title(notice: Notice, role: str) -> str:
    return next((each.title for each in notice.roles if each.id == role), role)


def person_name(notice: Notice, person: str) -> str:
    """The name of a person; of a body, where a body acted in its own name."""
    return notice.names.get(person) or (A_PARTNER if is_outside(person) else body(notice, person))


def actor_name(notice: Notice, actor: Actor) -> str:
    return "Forthwith" if actor.kind == "system" else person_name(notice, actor.id)


def person_in_role(notice: Notice, person: str, role: str) -> str:
    """`Helen Marsh (Director of children’s services)`."""
    if role == OUTSIDE:
        return capital(f"{person_name(notice, person)}, by a link")
    return f"{person_name(notice, person)} ({role_title(notice, role)})"


def holders_in_words(notice: Notice, roles: Sequence[str], day: date) -> tuple[str, ...]:
    """Who holds the roles on a day, each person once; a role that nobody holds is named as vacant."""
    named: dict[str, str] = {}
    for role in roles:
        people = notice.holders(role, day)
        for person in people:
            named.setdefault(person, person_in_role(notice, person, role))
        if not people:
            named[f"vacant {role}"] = f"the {role_title(notice, role)} (nobody holds this role)"
    return tuple(named.values())


def clause_name(notice: Notice, clause_id: str) -> str:
    """`clause 6b`. A letter that an editor gave is not presented as the instrument’s own."""
    clause = notice.clause(clause_id)
    return f"clause {clause.id}" + (" (the numbering is the editor’s)" if clause.label == "editor" else "")


def obligation_title(notice: Notice, obligation: str) -> str:
    """The title of an obligation, or its name where it is not shown to whoever reads."""
    found = notice.find_obligation(obligation)
    return found.title if found else obligation


def thing(notice: Notice, facts: OccurrenceOpened) -> str:
    """What is owed, within a sentence: `the monthly report to the improvement board for June 2016`.

    What has a title of its own, or a title that is a statement, is quoted.
    """
    title, owed, period = obligation_title(notice, facts.obligation), owed_on(facts), period_title(facts)
    if owed == "attestation" and period:
        return f"the attestation of “{title}” for {period}"
    if is_numbered(facts.kind, facts.period):
        return f"the {ordinal(int(facts.period))} {_small(notice, title)}"
    if facts.event is not None:
        return f"“{facts.title}”{_of_event(notice, facts.event)}"
    has_its_own_title = facts.title != title and period is None
    if has_its_own_title or owed not in _NAMED_WITHIN_A_SENTENCE or title.startswith("The "):
        return f"“{facts.title if period is None else title}”"
    named = _small(notice, title)
    return f"the {named} for {period}" if period else f"the {named}"


def _of_event(notice: Notice, event: str) -> str:
    """` for the first review of progress by the Department`: otherwise two of them could not be told apart."""
    name = OccurrenceId.parse(event)
    if not name.period.isdecimal():
        return ""
    return f" for the {ordinal(int(name.period))} {_small(notice, obligation_title(notice, name.obligation))}"


_NAMED_WITHIN_A_SENTENCE = ("report", "review", "assessment")


def period_title(facts: OccurrenceOpened) -> str | None:
    """`June 2016`; None for what is owed for no period."""
    if facts.period_first is None or facts.period_last is None:
        return None
    return _title_of(Period(facts.period, facts.period_first, facts.period_last))


@lru_cache(maxsize=2048)
def _title_of(period: Period) -> str:
    """Asked of the same few periods for every sentence."""
    return period.title


def occurrence_title(notice: Notice, facts: OccurrenceOpened) -> str:
    """As a heading: `Monthly report to the improvement board, June 2016`, `First review of progress`."""
    if is_numbered(facts.kind, facts.period):
        return capital(thing(notice, facts).removeprefix("the "))
    return f"{facts.title},{_of_event(notice, facts.event)}" if facts.event else facts.title


def expected_title(expected: Expected) -> str:
    """The same, before it has opened."""
    title = expected.title
    if not is_numbered(expected.obligation.kind, expected.id.period):
        return title
    return f"{capital(ordinal(int(expected.id.period)))} {title[:1].lower()}{title[1:]}"


def is_numbered(kind: str, period: str) -> bool:
    """Reviews carry their number, because otherwise two of them could not be told apart."""
    return kind == "maximum-gap-review" and period.isdecimal()


def arrived(facts: OccurrenceOpened) -> str:
    """What has to happen for it to be met: `the report has been received`."""
    return _ARRIVED[owed_on(facts)]


def not_arrived(facts: OccurrenceOpened) -> str:
    """`the report had not been received`."""
    return arrived(facts).replace(" has ", " had not ", 1)


_ARRIVED: dict[Owed, str] = {
    "report": "the report has been received",
    "document": "what is owed has been received",
    "review": "the review has been recorded as held",
    "assessment": "the assessment has been recorded",
    "attestation": "the attestation has been given",
    "plan": "the record of progress has been brought up to date",
    "filled role": "the role has been filled",
    "answer": "the request has been answered",
    "bundle": "the last item has been confirmed",
    "concern": "the concern has been answered",
    "consideration": "the decision has been made",
}


def _small(notice: Notice, title: str) -> str:
    """The title with a small letter first, unless it begins with a name: “Department”, “Lancashire”."""
    first = title.split(maxsplit=1)[0]
    small = first[:1].lower() + first[1:]
    return title if _is_name(notice, first, small) else small + title[len(first) :]


@lru_cache(maxsize=2048)
def _is_written(word: str, texts: tuple[str, ...]) -> bool:
    """Asked of the same few titles for every sentence."""
    return re.search(rf"\b{re.escape(word)}\b", " ".join(texts)) is not None


def _is_name(notice: Notice, word: str, small: str) -> bool:
    """As the notice’s own text writes it, or else the names of the parties; letters such as “HMI” are a name."""
    if _is_written(small, tuple(clause.text for clause in notice.clauses)):
        return False
    return word[1:] != word[1:].lower() or any(word in party.name.split() for party in notice.parties)
