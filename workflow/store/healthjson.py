"""What staff told, as the JSON that is encrypted and kept. Keys of older tellings stay readable."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from enum import Enum
from typing import Any

from workflow.core.health import (
    CheckIn,
    ContactKind,
    HealthCode,
    Home,
    Journey,
    Met,
    Registration,
    Stay,
    Symptom,
    Transport,
)
from workflow.core.judging import Ground
from workflow.core.rostering import Lodging


def registration_json(told: Registration) -> str:
    """A registration as text; equal ones give equal text."""
    return _text(asdict(told))


def registration_of(text: str) -> Registration:
    """The registration again. What an older telling does not know is as if nothing was said."""
    said: dict[str, Any] = json.loads(text)
    return Registration(
        stays=tuple(
            Stay(one["code"], one["words"], _day(one["since"]), _day(one["until"]))
            for one in said.get("stays", ())
        ),
        journey=_journey(said.get("journey")),
        met=tuple(Met(ContactKind(one["kind"]), _day(one["day"])) for one in said.get("met", ())),
        symptoms=frozenset(Symptom(one) for one in said.get("symptoms", ())),
        temperature=said.get("temperature"),
        home=_home(said.get("home") or {}),
        code=HealthCode(said.get("code", HealthCode.NONE.value)),
        code_source=said.get("code_source", ""),
        observed_until=_day(said["observed_until"]) if said.get("observed_until") else None,
        observed_by=said.get("observed_by", ""),
    )


def _journey(said: dict[str, Any] | None) -> Journey | None:
    if not said:
        return None
    arrived, transport = _day(said["arrived"]), Transport(said["transport"])
    return Journey(arrived, transport, said.get("number", ""), said.get("seat", ""))


def _home(said: dict[str, Any]) -> Home:
    """Keys that are of no use any more are left out."""
    known = {one.name for one in fields(Home)}
    told = {key: value for key, value in said.items() if key in known}
    return Home(**{**told, "lodging": Lodging(told.get("lodging", Lodging.OWN.value))})


def grounds_json(grounds: Iterable[Ground]) -> str:
    return _text([asdict(one) for one in grounds])


def grounds_of(text: str) -> tuple[Ground, ...]:
    return tuple(
        Ground(
            one["fitness"],
            one["kind"],
            tuple(one["facts"]),
            _day(one["until"]) if one["until"] else None,
        )
        for one in json.loads(text)
    )


def details_json(told: CheckIn) -> str:
    """What is encrypted of the check-in of somebody who is unwell."""
    return _text({"temperature": told.temperature, "symptoms": told.symptoms})


def details_of(text: str) -> tuple[int | None, frozenset[Symptom]]:
    """The temperature, in tenths of a degree, and the symptoms again."""
    said = json.loads(text)
    return said["temperature"], frozenset(Symptom(one) for one in said["symptoms"])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case frozenset():
            return sorted(_plain(one) for one in value)  # type: ignore[type-var]
    raise TypeError(type(value))


def _day(text: str) -> date:
    return date.fromisoformat(text)
