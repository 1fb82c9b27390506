"""What the oracle says when the engine and the rules of chasing part."""


class RuleBroken(AssertionError):
    """The engine did what the rules forbid, or left undone what they demand. `rule` names which."""

    def __init__(self, rule: str, account: str) -> None:
        self.rule = rule
        super().__init__(f"{rule}: {account}")


def demand(holds: bool, rule: str, account: object = "") -> None:
    if not holds:
        raise RuleBroken(rule, str(account))
