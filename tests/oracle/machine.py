"""Random acts at random times: people act on the engine, and the oracle is told the same and judges what comes of it."""

from tests.oracle.acts.appointing import Appointing
from tests.oracle.acts.excusing import Excusing
from tests.oracle.acts.handing import Handing
from tests.oracle.acts.owing import Owing
from tests.oracle.acts.reviewing import Reviewing


class Chase(Owing, Reviewing, Excusing, Handing, Appointing):
    """The life of one notice."""
