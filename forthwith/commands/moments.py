"""`--as-at` and `--known-at`: the two moments that every command which reads the record can be given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from cyclopts import Parameter

from forthwith.output import talk
from projections.past.moments import Moments
from projections.past.naming import moments_named
from projections.words import moment


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Of which moments one reads; now, if nothing is given."""

    as_at: Annotated[
        str | None, Parameter(help="As it stood at the end of a day, or at an instant, in the notice's zone.")
    ] = None
    known_at: Annotated[
        str | None, Parameter(help="By what the record knew at the end of a day, or at an instant.")
    ] = None

    @property
    def is_given(self) -> bool:
        return self.as_at is not None or self.known_at is not None


NOW = When()


def moments_of(when: When, zone: str, now: datetime) -> Moments:
    """Raises UnfitMoment."""
    return moments_named(when.as_at, when.known_at, zone, now, ("--as-at", "--known-at"))


def tell_moments(moments: Moments, zone: str) -> None:
    talk.print(
        f"As it stood on {moment(moments.as_at, zone)}, and was known on {moment(moments.known_at, zone)}.",
        markup=False,
    )
