"""Why somebody who came from the provider was not let in, in sentences."""

from __future__ import annotations


class SignInRefused(Exception):
    """Nobody is signed in. `sentence` is for the person; `detail`, for the log, says what was found."""

    def __init__(self, status: int, sentence: str, detail: str = "") -> None:
        super().__init__(detail or sentence)
        self.status, self.sentence = status, sentence


def unreachable(provider: str, detail: str) -> SignInRefused:
    return SignInRefused(
        503,
        f"{_first(provider)} cannot be reached just now, so nobody can sign in with it. Wait a minute.",
        detail,
    )


def not_begun_here() -> SignInRefused:
    return SignInRefused(
        400,
        "This answer belongs to no sign-in that was begun in this browser, or it took longer than ten minutes.",
    )


def turned_away(provider: str, detail: str) -> SignInRefused:
    return SignInRefused(403, f"{_first(provider)} did not let you sign in, or you gave it up there.", detail)


def from_elsewhere(provider: str, detail: str) -> SignInRefused:
    return SignInRefused(
        400, f"The answer does not come from {provider}, or it was made for another service.", detail
    )


def unsigned(provider: str, detail: str) -> SignInRefused:
    return SignInRefused(400, f"The answer does not carry a signature of {provider}.", detail)


def too_old(provider: str) -> SignInRefused:
    return SignInRefused(
        400,
        f"The answer of {provider} was out of date when it arrived. If that goes on, the clocks of the two services differ.",
    )


def of_another_sign_in(provider: str) -> SignInRefused:
    return SignInRefused(400, f"The answer of {provider} belongs to another sign-in.")


def unfit_answer(provider: str, detail: str) -> SignInRefused:
    return SignInRefused(502, f"{_first(provider)} gave an answer that cannot be understood.", detail)


def nobody_here(provider: str) -> SignInRefused:
    return SignInRefused(
        403,
        f"{_first(provider)} does not say who you are here. Ask whoever runs this service.",
    )


def _first(provider: str) -> str:
    """As it stands at the beginning of a sentence."""
    return provider[:1].upper() + provider[1:]
