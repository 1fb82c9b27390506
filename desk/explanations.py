"""What each kind of error means in plain English, what has become of what was sent, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ONLY_READ = "Nothing in the record was changed."
NOT_RECORDED = "What you sent was not recorded, and nothing else was changed."
PERHAPS_RECORDED = "Your last step may have been recorded, or not: My tasks and the history tell which."


@dataclass(frozen=True)
class Explanation:
    """A title, what it means, and what to do next."""

    title: str
    meaning: str
    advice: str


class ToldError(HTTPException):
    """An error with a title and a next step of its own."""

    def __init__(self, status: int, told: Explanation) -> None:
        super().__init__(status, told.meaning)
        self.told = told


EXPLANATIONS: Mapping[int, Explanation] = {
    400: Explanation(
        "We could not understand that request",
        "Part of the request was missing or damaged.",
        "Go back, check what you entered and try again.",
    ),
    401: Explanation("Sign in first", "This needs a signed-in person.", "Sign in and ask again."),
    403: Explanation(
        "You cannot do that",
        "You are signed in, but your role does not allow this.",
        "If you think that you should be able to, ask the person who administers this service.",
    ),
    404: Explanation(
        "Page not found",
        "There is nothing at this address, or it is not open to you.",
        "If you typed the address, check it. If you followed a link, go to My tasks and start from there.",
    ),
    405: Explanation(
        "This page cannot be used in that way",
        "The address exists, but it does not take this kind of request.",
        "Go back and use the buttons on the page.",
    ),
    409: Explanation(
        "This cannot be done as things stand",
        "Something else has to happen first.",
        "Go back and look at the page again.",
    ),
    410: Explanation(
        "This link can no longer be used",
        "It has been used, or it is too old.",
        "Ask for another one.",
    ),
    413: Explanation(
        "That is too large",
        "More was sent than is taken here.",
        "Go back and send less, for example a smaller file or a part of the text.",
    ),
    421: Explanation(
        "Wrong address",
        "This desk does not answer to that address.",
        "Use the address you were given for Forthwith.",
    ),
    422: Explanation(
        "There is a problem with what was sent",
        "Some of the information was missing or in the wrong form.",
        "Go back, correct it and send it again.",
    ),
    429: Explanation(
        "Too many requests",
        "More was asked for in a short time than is answered.",
        "Wait a few minutes and try again.",
    ),
    500: Explanation(
        "Sorry, there is a problem with the service",
        "Something went wrong on our side.",
        "If it happens again, tell whoever runs this service, and give them the reference.",
    ),
    503: Explanation(
        "Sorry, the service is unavailable for the moment",
        "Forthwith cannot reach its record just now.",
        "Wait a minute and try again. Deadlines are kept in the record and do not depend on this page.",
    ),
}


def explained(status: int) -> Explanation:
    """That of a status; one that is not foreseen has at least its name."""
    return EXPLANATIONS.get(status) or Explanation(
        HTTPStatus(status).phrase, "This cannot be done.", "Go back."
    )


def what_was_kept(status: int, method: str) -> str:
    """What has become of the request. Only an unforeseen fault leaves open whether a change was recorded."""
    if method in READING:
        return ONLY_READ
    return PERHAPS_RECORDED if status == HTTPStatus.INTERNAL_SERVER_ERROR else NOT_RECORDED
