"""Who somebody is here, from what the provider says of them.

    person: preferred_username      # the claim that holds the person's identifier in the notices
    people:                         # where it does not: what the claim says, and who that is here
      h.marsh@council.example: helen-marsh
    roles:                          # roles that no notice gives, from the groups at the provider
      claim: groups
      auditor: [forthwith-auditors]
      administrator: [forthwith-administrators]
    only: [forthwith-users]         # of the same claim: who may sign in at all

A claim that is an object is reached with dots, as in `realm_access.roles`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

DESK_ROLES = {"auditor": "Auditor", "administrator": "Service administrator"}
"""Roles that no notice gives: an account or the provider does."""


class RoleClaims(BaseModel):
    """Which groups give which role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = "groups"
    auditor: tuple[str, ...] = ()
    administrator: tuple[str, ...] = ()


class ClaimMapping(BaseModel):
    """What a mapping file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person: str = "sub"
    people: dict[str, str] = Field(default_factory=dict)
    roles: RoleClaims = RoleClaims()
    only: tuple[str, ...] | None = None

    def person_of(self, claims: Mapping[str, Any]) -> str | None:
        """The person's identifier here; None where nobody is meant, or where an address was not verified."""
        said = claim(claims, self.person)
        if not isinstance(said, str) or not said.strip():
            return None
        if self.person == "email" and claims.get("email_verified") is not True:
            return None
        if self.only is not None and not self._groups(claims) & set(self.only):
            return None
        if self.people:
            return self.people.get(said)
        return said

    def roles_of(self, claims: Mapping[str, Any]) -> tuple[str, ...]:
        """The roles that the groups give."""
        theirs = self._groups(claims)
        return tuple(role for role in DESK_ROLES if theirs & set(getattr(self.roles, role)))

    def _groups(self, claims: Mapping[str, Any]) -> set[str]:
        said = claim(claims, self.roles.claim)
        if isinstance(said, str):
            return {said}
        return {each for each in said if isinstance(each, str)} if isinstance(said, list) else set()


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its whole name (which may be an address with dots in it), or inside objects along the dots."""
    if name in claims:
        return claims[name]
    first, _, rest = name.partition(".")
    inner = claims.get(first)
    return claim(inner, rest) if rest and isinstance(inner, Mapping) else None
