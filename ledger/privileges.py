"""The roles of a database: an owner nobody can log in as, a migrator, and the application login."""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import asyncpg

from ledger import sql_files

_ITERATIONS = 4096
_ROLES = {
    "owner": "owner",
    "migrator": "migrator",
    "application": "app",
    "projector": "projector",
    "reader": "reader",
    "desk": "desk",
}


async def provision(
    dsn: str, app_password: str, prefix: str = "forthwith", projector_password: str | None = None
) -> str:
    """Create or refresh the roles of a migrated database and return the application's connection string.

    `prefix` begins the names of the roles ``…_owner``, ``…_migrator``, ``…_app`` and ``…_projector``, which the
    databases of a cluster share. The projector, which keeps the read models, can log in once it was given a password.
    Run it again after each migration, so that new objects get owner and grants. `dsn` must be a URL, and its user may
    create roles.
    """
    _require_plain(app_password, "application")
    if projector_password is not None:
        _require_plain(projector_password, "projector's")
    names = {each: role_name(f"{prefix}_{role}") for each, role in _ROLES.items()}
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
    try:
        async with connection.transaction():
            roles = _filled("roles", names).replace("{verifier}", scram_verifier(app_password))
            await connection.execute(roles)
            await connection.execute(_filled("application", names))
            await connection.execute(_filled("projector", names))
            await connection.execute(_filled("walls", names))
            if projector_password is not None:
                verifier = scram_verifier(projector_password)
                await connection.execute(f"ALTER ROLE {names['projector']} LOGIN PASSWORD '{verifier}'")
    finally:
        await connection.close()
    return with_login(dsn, f"{prefix}_app", app_password)


async def provision_publisher(dsn: str, password: str, prefix: str = "forthwith") -> str:
    """Create or refresh the publisher's login, ``…_publisher``, and return its connection string.

    `dsn` as for `provision`, which must have run before.
    """
    _require_plain(password, "publisher's")
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
    try:
        async with connection.transaction():
            await connection.execute(
                sql_files.privileges("publisher")
                .replace("{publisher}", role_name(f"{prefix}_publisher"))
                .replace("{verifier}", scram_verifier(password))
            )
    finally:
        await connection.close()
    return with_login(dsn, f"{prefix}_publisher", password)


def with_login(dsn: str, user: str, password: str) -> str:
    """The same database under another login."""
    parts = urlsplit(dsn)
    place = parts.netloc.rpartition("@")[2]
    query = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("user", "password")]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@"
    return urlunsplit(parts._replace(netloc=login + place, query=urlencode(query)))


def _require_plain(password: str, whose: str) -> None:
    if not (password.isascii() and password.isprintable() and password):
        raise ValueError(f"The password of the {whose} login must be plain printable ASCII characters.")


def _filled(which: str, names: dict[str, str]) -> str:
    text = sql_files.privileges(which)
    for each, name in names.items():
        text = text.replace(f"{{{each}}}", name)
    return text


def role_name(role: str) -> str:
    """The name, if it can stand in a statement as it is; raises ValueError."""
    if not (role.replace("_", "").isalnum() and role.isascii() and role.islower()):
        raise ValueError(f"“{role}” is no name for a role: lower-case letters, digits and underscores only.")
    return role


def scram_verifier(password: str) -> str:
    """What PostgreSQL stores for a password (RFC 5803); sent instead, so that no server log holds it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ITERATIONS, *parts)
