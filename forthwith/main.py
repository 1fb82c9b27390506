"""The `forthwith` command."""

import logging
import os
import sys
import traceback
from contextlib import suppress

import cyclopts
from pydantic import ValidationError

from forthwith.commands import application
from forthwith.exits import Exit, exit_for
from forthwith.output import talk
from forthwith.settings import Settings


def run() -> None:
    """The entry point: ends the process with the code of what happened."""
    code = main(sys.argv[1:])
    with suppress(BrokenPipeError):  # whoever read our output has left, which is no fault of ours
        sys.stdout.flush()
        sys.stderr.flush()
    # A short process that has used Temporal's core may crash while the interpreter tears down (sdk-python #300);
    # leaving at once keeps the exit code true.
    os._exit(code)


def main(arguments: list[str]) -> int:
    # The time-skipping server is told at each start that it is old, which helps nobody who reads it here.
    logging.getLogger("temporalio.core").setLevel(logging.ERROR)
    try:
        answer = application.app(
            arguments, exit_on_error=False, print_error=False, result_action="return_value"
        )
    except cyclopts.CycloptsError as fault:
        talk.print(f"{fault}".strip(), style="red", markup=False)
        talk.print("See `forthwith --help`.")
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return Exit.OK
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.UNEXPECTED
    except Exception as fault:  # noqa: BLE001 - the last line of defence tells people what to do
        return _explain(fault)
    return answer if isinstance(answer, int) else Exit.OK


def _explain(fault: Exception) -> int:
    if isinstance(fault, ValidationError) and fault.title == Settings.__name__:
        return _explain_settings(fault)
    code = exit_for(fault)
    if code is None:
        traceback.print_exc()
        talk.print("This should not have happened. Nothing that you typed caused it; please report it.")
        return Exit.UNEXPECTED
    talk.print(str(fault), style="red", markup=False)
    for next_step in getattr(fault, "__notes__", ()):
        talk.print(next_step, markup=False)
    return code


def _explain_settings(fault: ValidationError) -> int:
    for problem in fault.errors():
        name = "_".join(str(step) for step in problem["loc"]).upper()
        talk.print(
            f"FORTHWITH_{name} cannot be “{problem['input']}”: {problem['msg'].lower()}.",
            style="red",
            markup=False,
        )
    return Exit.USAGE
