"""Become one server: give up root, die with the parent, then turn into the server's program.

Run as a script by its path, with an isolated interpreter, so it imports only the standard library:
`python -I -S launch.py PARENT DEATH_SIGNAL USER GROUP HOW PROGRAM [ARGUMENT …]`. USER and GROUP are -1
to stay who we are. HOW is `kernel` where the system itself signals a child whose parent has died
(Linux), and `watch` elsewhere: then this script stays as the server's parent and looks twice a second.
Everything is imported before root is given up: the interpreter may lie where the new user cannot look.
A separate script, because the same steps between fork and exec in a threaded program can deadlock.
"""

import ctypes
import os
import signal
import sys
import time
from types import FrameType

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.5
LAST_PATIENCE = 10.0


def main(arguments: list[str]) -> None:
    parent, death_signal, user, group = (int(word) for word in arguments[:4])
    how, command = arguments[4], arguments[5:]
    # A shell that starts us in the background has interrupts ignored, and servers would inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    os.umask(0o077)
    if how == "watch":
        sys.exit(_stay_and_watch(parent, death_signal, user, group, command))
    _become(user, group)
    _die_with_parent(parent, death_signal)
    os.execv(command[0], command)  # noqa: S606 (the supervisor chose this program, no shell is wanted)


def _become(user: int, group: int) -> None:
    if user >= 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)


def _die_with_parent(parent: int, death_signal: int) -> None:
    """Must follow the change of user, which clears the wish; the parent may have died before it."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the system refused the parent-death signal")
    if os.getppid() != parent:
        sys.exit("The supervisor died before this server started.")


def _stay_and_watch(parent: int, death_signal: int, user: int, group: int, command: list[str]) -> int:
    child = os.fork()
    if child == 0:
        _become(user, group)
        os.execv(command[0], command)  # noqa: S606 (as above)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        os.kill(child, number)

    signal.signal(signal.SIGINT, pass_on)
    signal.signal(signal.SIGTERM, pass_on)
    while os.getppid() == parent:
        if (code := _ended(child)) is not None:
            return code
        time.sleep(LOOK_EVERY)
    os.kill(child, death_signal)
    give_up = time.monotonic() + LAST_PATIENCE
    while _ended(child) is None:
        if time.monotonic() > give_up:
            os.kill(child, signal.SIGKILL)
        time.sleep(LOOK_EVERY)
    return 1


def _ended(child: int) -> int | None:
    pid, status = os.waitpid(child, os.WNOHANG)
    return None if pid == 0 else abs(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
