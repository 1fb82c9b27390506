"""The `forthwith` command."""

import os
import sys
import traceback

import cyclopts

from forthwith.commands import application
from forthwith.exits import Exit, exit_for
from forthwith.output import talk


def run() -> None:
    """The entry point: ends the process with the code of what happened."""
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # A short process that has used Temporal's core may crash while the interpreter tears down (sdk-python #300);
    # leaving at once keeps the exit code true.
    os._exit(code)


def main(arguments: list[str]) -> int:
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
    code = exit_for(fault)
    if code is None:
        traceback.print_exc()
        talk.print("This should not have happened. Nothing that you typed caused it; please report it.")
        return Exit.UNEXPECTED
    talk.print(str(fault), style="red", markup=False)
    next_step = getattr(fault, "next_step", None)
    if next_step:
        talk.print(str(next_step), markup=False)
    return code
