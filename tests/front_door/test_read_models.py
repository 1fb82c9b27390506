"""`forthwith projections`, as somebody types it beside a demonstration, and where nothing runs."""

from forthwith.exits import Exit
from tests.front_door.conftest import Demonstration, Forthwith
from tests.front_door.test_documentation import keys_missing

NAMES = {"standing", "tasks", "deliveries", "chronology", "considerations"}


def test_an_operators_day(demonstration: Demonstration) -> None:
    """Nothing has kept them up; they are built, proven, and well."""
    before = demonstration("projections", "status", "--json")
    assert (before.code, {each["projection"] for each in before.objects}) == (Exit.OK, NAMES)
    assert all(each["behind"] > 0 and each["well"] for each in before.objects)
    assert keys_missing("projections status", before.objects[0]) == set()

    rebuilt = demonstration("projections", "rebuild", "--json")
    assert (rebuilt.code, rebuilt.objects[0]["swapped"], rebuilt.objects[0]["parked"]) == (Exit.OK, True, [])
    assert keys_missing("projections rebuild", rebuilt.objects[0]) == set()

    compared = demonstration("projections", "rebuild", "--compare")
    assert compared.code == Exit.OK
    assert compared.out.startswith("Equal byte for byte, up to event")

    after = demonstration("projections", "status", "--json")
    assert all(each["proven_index"] == each["position"] for each in after.objects)
    assert demonstration("projections", "retry", "tasks").out == "tasks: nothing is parked.\n"
    assert "well" in demonstration("projections", "status").out
    assert demonstration("status", "--json").objects[0]["unwell_read_models"] == []
    assert "The read models are well" in demonstration("doctor").out


def test_mistakes_are_told_in_a_sentence(demonstration: Demonstration, forthwith: Forthwith) -> None:
    unknown = demonstration("projections", "rebuild", "happiness")
    assert unknown.code == Exit.USAGE
    assert "There is no read model “happiness”" in unknown.err
    nowhere = forthwith("projections", "rebuild")
    assert nowhere.code == Exit.UNREACHABLE
    assert "FORTHWITH_PROJECTOR_URL" in nowhere.err
    assert forthwith("projections", "status").code == Exit.UNREACHABLE
