"""A changed copy is what the standard library makes of it."""

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence, Submission
from domain.replaced import replaced

STATES = (Occurrence(), Notice(), Submission(1, (), (), "helen-marsh", None))


@given(data=st.data(), state=st.sampled_from(STATES))
def test_it_is_what_the_standard_library_gives(data: st.DataObject, state: object) -> None:
    names = data.draw(st.sets(st.sampled_from([each.name for each in fields(state)])))
    changes = {name: data.draw(st.integers()) for name in names}
    before = repr(state)
    assert replaced(state, **changes) == replace(state, **changes)
    assert repr(state) == before


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="Occurrence has no field 'happiness'"):
        replaced(Occurrence(), happiness=1)


def test_what_has_something_to_do_when_it_is_made_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Careful:
        number: int

        def __post_init__(self) -> None:
            assert self.number > 0

    with pytest.raises(TypeError, match="something to do"):
        replaced(Careful(1), number=-1)
