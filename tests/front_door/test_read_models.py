"""`forthwith projections` and `readers`, as somebody types them beside a demonstration, and where nothing runs."""

import asyncio

import asyncpg

from forthwith.exits import Exit
from tests.front_door.conftest import Demonstration, Forthwith
from tests.front_door.test_documentation import keys_missing

HIDDEN = "SELECT count(*) FROM forthwith_read.standing WHERE obligation = 'adviser-report'"
ALL = "SELECT count(*) FROM forthwith_read.standing"
NAMES = {"standing", "tasks", "deliveries", "chronology", "considerations", "rights"}


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


async def counted(address: str) -> tuple[int, int]:
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(ALL), await connection.fetchval(HIDDEN)
    finally:
        await connection.close()


def test_a_login_for_each_of_two_people(demonstration: Demonstration) -> None:
    """The read models were built by the operator above, or are now."""
    assert demonstration("projections", "rebuild").code == Exit.OK
    officer = demonstration("readers", "add", "sql_priya", "--person", "priya-nandra", "--json")
    assert (officer.code, keys_missing("readers add", officer.objects[0])) == (Exit.OK, set())
    lead = demonstration("readers", "add", "sql_imogen", "--person", "imogen-hartley")
    everything, hidden = asyncio.run(counted(officer.objects[0]["address"]))
    assert (everything > 0, hidden) == (True, 0)
    assert asyncio.run(counted(lead.out.strip()))[1] > 0

    listed = demonstration("readers", "list", "--json")
    assert {each["login"] for each in listed.objects} == {"sql_priya", "sql_imogen"}
    assert keys_missing("readers list", listed.objects[0]) == set()
    assert "sql_priya" in demonstration("readers", "list").out
    for login in ("sql_priya", "sql_imogen"):
        assert demonstration("readers", "remove", login).code == Exit.OK
    assert demonstration("readers", "remove", "sql_priya").code == Exit.NOT_FOUND


def test_mistakes_with_logins_are_told_in_a_sentence(
    demonstration: Demonstration, forthwith: Forthwith
) -> None:
    taken = demonstration("readers", "add", "forthwith_app", "--person", "priya-nandra")
    assert (taken.code, "Choose another name" in taken.err) == (Exit.USAGE, True)
    assert demonstration("readers", "add", "Bobby; DROP", "--person", "priya-nandra").code == Exit.USAGE
    nowhere = forthwith("readers", "list")
    assert (nowhere.code, "FORTHWITH_DATABASE_URL" in nowhere.err) == (Exit.UNREACHABLE, True)
