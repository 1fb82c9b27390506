"""Every error as a problem document (RFC 9457): a refusal by a rule has its name and its sentence in it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.explanations import EXPLANATIONS
from desk.noting import note_hidden, note_refusal
from desk.permissions import Forbidden
from desk.ports import UnavailableError, UnfitUploadError
from domain.identity import OccurrenceId
from domain.record import LedgerRefusal, LedgerUnreachable, MovedOn, UnfitEvent
from domain.refusals import NotFound, Refused
from domain.time.calendar import CalendarDoesNotReach, UnknownCalendar
from projections.past.naming import UnfitMoment
from projections.seen_by import NotOpenToThem

log = logging.getLogger("forthwith.desk")
MEDIA_TYPE = "application/problem+json"
ABOUT = "urn:forthwith:problem:"


class Problem(BaseModel):
    """Why something was not done. `name` is stable, `detail` is a sentence for people."""

    type: str = Field(examples=[f"{ABOUT}NotYourTask"])
    title: str = Field(examples=["Not your task"])
    status: int
    detail: str
    name: str = Field(examples=["NotYourTask"])
    instance: str
    faults: list[str] | None = Field(None, description="What is wrong with the request, one sentence each.")


class ProblemError(Exception):
    """Raised where a request cannot be answered."""

    def __init__(
        self,
        status: int,
        name: str,
        sentence: str,
        headers: Mapping[str, str] | None = None,
        faults: Sequence[str] = (),
    ) -> None:
        super().__init__(sentence)
        self.status, self.name, self.sentence = status, name, sentence
        self.headers, self.faults = headers, faults


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the OpenAPI document: the problems that an address may answer with."""
    return {
        status: {"description": HTTPStatus(status).phrase, "model": Problem, "content": {MEDIA_TYPE: {}}}
        for status in statuses
    }


# What any address may answer with: not signed in, not allowed, not there, not understood, and out of service.
ANYWHERE = documented(401, 403, 404, 422, 503)


def problem(
    request: Request,
    status: int,
    name: str,
    sentence: str,
    *,
    faults: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": f"{ABOUT}{name}",
        "title": _in_words(name),
        "status": status,
        "detail": sentence,
        "name": name,
        "instance": request.url.path,
    }
    if faults:
        body["faults"] = list(faults)
    return JSONResponse(body, status, dict(headers or {}), MEDIA_TYPE)


def _in_words(name: str) -> str:
    """`NotYourTask`: `Not your task`."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]


def register_problems(api: FastAPI) -> None:
    """Hang the handlers on the application."""
    for kind, handler in (
        (ProblemError, _problem),
        (HTTPException, _http),
        (RequestValidationError, _invalid),
        (UnfitMoment, _unfit_moment),
        (NotFound, _not_found),
        (NotOpenToThem, _hidden),
        (Forbidden, _forbidden),
        (Refused, _refused),
        (LedgerRefusal, _not_recorded),
        (LedgerUnreachable, _unavailable),
        (UnavailableError, _unavailable),
        (UnfitUploadError, _unfit_upload),
        (CalendarDoesNotReach, _beyond_rules),
        (UnknownCalendar, _beyond_rules),
        (Exception, _crashed),
    ):
        api.add_exception_handler(kind, handler)


async def _problem(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, ProblemError)
    return problem(
        request, fault.status, fault.name, fault.sentence, headers=fault.headers, faults=fault.faults
    )


async def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    known = EXPLANATIONS.get(fault.status_code)
    name = HTTPStatus(fault.status_code).phrase.title().replace(" ", "")
    sentence = known.meaning if known else f"{fault.detail}."
    return problem(request, fault.status_code, name, sentence, headers=fault.headers)


async def _invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}." for each in fault.errors()]
    return problem(
        request, 422, "NotUnderstood", "Part of the request was missing or in the wrong form.", faults=faults
    )


async def _unfit_moment(request: Request, fault: Exception) -> Response:
    return problem(request, 422, "UnfitMoment", str(fault))


async def _unfit_upload(request: Request, fault: Exception) -> Response:
    return problem(request, 422, "UnfitFile", str(fault))


async def _not_found(request: Request, _fault: Exception) -> Response:
    """The same words for what does not exist and for what is hidden, so that nobody learns which it is."""
    return problem(request, 404, "NotFound", "There is nothing at this address, or it is not open to you.")


async def _hidden(request: Request, fault: Exception) -> Response:
    """To the program there is no such thing; the auditor learns that it asked for it."""
    assert isinstance(fault, NotOpenToThem)
    await note_hidden(request, fault)
    return await _not_found(request, fault)


async def _forbidden(request: Request, fault: Exception) -> Response:
    """By the table of permissions."""
    assert isinstance(fault, Forbidden)
    await note_refusal(request, fault.act, fault.sentence, fault.notice)
    return problem(request, 403, "NotAllowed", fault.sentence)


async def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Refused)
    where, act = request.path_params, getattr(request.state, "act", "unknown")
    about = OccurrenceId(*where.values()) if len(where) == len(fields(OccurrenceId)) else None
    await note_refusal(request, act, fault.refusal.sentence, where.get("notice"), about)
    return problem(request, 409, fault.refusal.name, fault.refusal.sentence)


async def _not_recorded(request: Request, fault: Exception) -> Response:
    status = 412 if isinstance(fault, MovedOn) else 422 if isinstance(fault, UnfitEvent) else 409
    return problem(request, status, type(fault).__name__, f"{fault} Nothing was recorded.")


async def _unavailable(request: Request, fault: Exception) -> Response:
    log.warning("the record is unreachable: %s", fault)
    sentence = "The record cannot be reached just now, and nothing was recorded. Send the request again, with the same key."
    return problem(request, 503, "LedgerUnreachable", sentence, headers={"Retry-After": "30"})


async def _beyond_rules(request: Request, fault: Exception) -> Response:
    """A day of which no calendar says whether it is a working day."""
    return problem(request, 409, type(fault).__name__, str(fault))


async def _crashed(request: Request, _fault: Exception) -> Response:
    """Whoever serves the desk logs it, with its trace."""
    return problem(request, 500, "InternalServerError", EXPLANATIONS[500].meaning)
