"""Handing letters to GOV.UK Notify (https://docs.notifications.service.gov.uk), without its own, synchronous client."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from activities.delivery.answers import for_the_record
from activities.delivery.letter import Letter
from domain.clock import Clock, LiveClock
from domain.ports import ChannelFault, Handover

NOTIFY = "https://api.notifications.service.gov.uk"
_UUID = 36
# What Notify says of our key, our template or our allowance is for us to mend: no letter is given up for it.
_OURS_TO_MEND = frozenset({401, 403, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class NotifyKey:
    """An API key as Notify gives it out: a name of one's own, the service, and the secret, with dashes between."""

    service: str
    secret: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "NotifyKey":
        """Raises ValueError, which never tells the secret."""
        key = text.strip()
        service, secret = key[-2 * _UUID - 1 : -_UUID - 1], key[-_UUID:]
        try:
            return cls(str(UUID(service)), str(UUID(secret)))
        except ValueError:
            raise ValueError("This is no API key of GOV.UK Notify: it ends with two UUIDs.") from None

    def token(self, clock: Clock) -> str:
        """A JSON Web Token (RFC 7519, HS256) for one request; Notify takes it for 30 seconds."""
        head = {"typ": "JWT", "alg": "HS256"}
        claims = {"iss": self.service, "iat": int(clock.now().timestamp())}
        signed = f"{_encoded(_json(head))}.{_encoded(_json(claims))}"
        made = hmac.digest(self.secret.encode("ascii"), signed.encode("ascii"), hashlib.sha256)
        return f"{signed}.{_encoded(made)}"


class NotifyChannel:
    """Sends letters as mail by one template of Notify's, whose subject is `((subject))` and whose text is `((body))`.

    `reference` at Notify is our Message-ID, without its brackets: by that a delivery receipt is known. `timeout` is in
    seconds.
    """

    name = "notify"

    def __init__(
        self,
        key: NotifyKey,
        template: str,
        url: str = NOTIFY,
        *,
        timeout: float = 15.0,
        clock: Clock | None = None,
    ) -> None:
        self._key, self._template, self._url = key, template, url.rstrip("/")
        self._timeout, self._clock = timeout, clock or LiveClock()

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        """Notify's answer once it has taken the letter; raises ChannelFault with a sentence."""
        body = _json(
            {
                "email_address": address,
                "template_id": self._template,
                "personalisation": {"subject": letter.subject, "body": letter.flowed or letter.text},
                "reference": letter.message_id.strip("<>"),
            }
        )
        status, said = await self._post(body)
        if status != 201:
            raise _fault_of(status, said)
        answer = for_the_record(f"201 GOV.UK Notify took it as {said.get('id')}")
        return Handover(self.name, letter.message_id, hashlib.sha256(body).hexdigest(), answer)

    async def _post(self, body: bytes) -> tuple[int, dict[str, Any]]:
        import httpx2  # heavy, and most installations send by SMTP

        headers = {
            "Authorization": f"Bearer {self._key.token(self._clock)}",
            "Content-Type": "application/json",
        }
        try:
            async with httpx2.AsyncClient(timeout=self._timeout) as client:
                answer = await client.post(
                    f"{self._url}/v2/notifications/email", content=body, headers=headers
                )
        except httpx2.HTTPError as fault:
            raise ChannelFault(
                f"GOV.UK Notify could not be reached: {for_the_record(str(fault)) or type(fault).__name__}",
                lasting=False,
            ) from fault
        try:
            said = answer.json()
        except ValueError:
            said = {}
        return answer.status_code, said if isinstance(said, dict) else {}


def _fault_of(status: int, said: dict[str, Any]) -> ChannelFault:
    lasting = 400 <= status < 500 and status not in _OURS_TO_MEND
    what = "GOV.UK Notify refused it" if lasting else "GOV.UK Notify did not take it for now"
    errors = said.get("errors")
    told = (
        "; ".join(str(each.get("message")) for each in errors if isinstance(each, dict))
        if isinstance(errors, list)
        else ""
    )
    return ChannelFault(for_the_record(f"{what}: {status} {told}".strip()), lasting=lasting)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode("ascii")
