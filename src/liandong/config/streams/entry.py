"""The broker's door: a device is let in with the token the API takes, and put out when it loses it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liandong.config.streams.keys import Keys
from liandong.config.streams.subjects import account_for, permissions_for
from liandong.organization.models import Account
from liandong.organization.queries import account_by_token, devices_named

LONGEST = 200


@dataclass(frozen=True)
class Caller:
    """Who asks to be let in, as the broker tells it."""

    server: str
    key: str  # by which the broker knows the connection it asks about
    username: str
    token: str
    speaks_mqtt: bool
    client_id: str
    number: int  # of the connection, at its server


def caller_in(claims: Mapping[str, Any]) -> Caller:
    """Read the broker's question."""
    said = claims["nats"]
    client, given = said["client_info"], said["connect_opts"]
    return Caller(
        server=said["server_id"]["id"],
        key=said["user_nkey"],
        username=str(given.get("user", ""))[:LONGEST].strip().lower(),
        token=str(given.get("pass", ""))[:LONGEST].strip(),
        speaks_mqtt=client.get("type") == "mqtt",
        client_id=str(client.get("mqtt_id", ""))[:LONGEST],
        number=int(client.get("id", 0)),
    )


def refusal_of(caller: Caller, device: Account | None) -> str:
    """Why somebody is not let in; empty for whoever is."""
    if device is None:
        return "the token is worth nothing"
    if device.username != caller.username:
        return "the token is another device's"
    owner = caller.client_id.lower()
    # A session is taken over by whoever brings its client id.
    if owner != device.username and devices_named([owner]):
        return "the client id is another device's name"
    return ""


@dataclass(frozen=True)
class Answer:
    """What the broker is told: a connection's name, or why there is to be none."""

    said: str
    name: str = ""
    refused: str = ""


def answer(caller: Caller, keys: Keys) -> Answer:
    """Decide whether somebody is let in."""
    device = account_by_token(caller.token) if caller.token else None
    refused = refusal_of(caller, device)
    if device is None or refused:
        return refuse(caller, keys, refused)
    claims = {
        "aud": account_for(speaks_mqtt=caller.speaks_mqtt),
        "sub": caller.key,
        "name": mark(device),
        "nats": permissions_for(device.username, speaks_mqtt=caller.speaks_mqtt),
    }
    return Answer(_told(caller, keys, {"jwt": keys.token(claims)}), name=mark(device))


def refuse(caller: Caller, keys: Keys, why: str) -> Answer:
    """Say no."""
    return Answer(_told(caller, keys, {"error": why}), refused=why)


def mark(device: Account) -> str:
    """What a connection is called: the device, and which of its tokens it came with."""
    return f"{device.username}:{device.session_era}"


def username_in(name: str) -> str:
    """The device a connection belongs to; empty for the node's own."""
    username, between, _era = name.rpartition(":")
    return username if between else ""


def outdated(names: Iterable[str]) -> set[str]:
    """Of the names of connections, those whose device may not be connected with that token now."""
    asked = {name for name in names if username_in(name)}
    devices = devices_named({username_in(name) for name in asked})
    valid = {mark(device) for device in devices.values() if device.is_open}
    return asked - valid


def _told(caller: Caller, keys: Keys, said: Mapping[str, Any]) -> str:
    """Sign an answer for the server that asked."""
    nats = {**said, "type": "authorization_response", "version": 2}
    return keys.token({"aud": caller.server, "sub": caller.key, "nats": nats})
