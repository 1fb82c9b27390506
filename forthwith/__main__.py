"""`python -m forthwith` is the `forthwith` command."""

from forthwith.main import run

if __name__ == "__main__":
    run()
