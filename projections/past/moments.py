"""The two times that every reading of the past has."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Moments:
    """`as_at`: the instant at which it was so. `known_at`: the instant up to which the record is taken into account.

    A report that was received on the 14th and recorded on the 20th is there as at the 15th if one knows what was known
    on the 21st, and is not there if one knows what was known on the 16th.
    """

    as_at: datetime
    known_at: datetime


END_OF_TIME = datetime.max.replace(tzinfo=UTC)
EVERYTHING = Moments(END_OF_TIME, END_OF_TIME)
