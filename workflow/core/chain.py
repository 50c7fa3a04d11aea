"""The hash chain of a case's ledger: pure, so that it can be verified offline by anyone."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One audit event. ``payload`` holds identifiers and keyed digests, never personal data."""

    case_id: int
    seq: int
    actor_id: int | None
    role: str
    action: str
    at: datetime
    payload: Mapping[str, object]
    previous: str
    digest: str


def digest_of(
    previous: str,
    *,
    case_id: int,
    seq: int,
    actor_id: int | None,
    role: str,
    action: str,
    at: datetime,
    payload: Mapping[str, object],
) -> str:
    """SHA-256, in hex, over the previous digest and the event in canonical JSON (UTC, sorted)."""
    body = {
        "action": action,
        "actor": actor_id,
        "at": at.astimezone(UTC).isoformat(),
        "case": case_id,
        "payload": payload,
        "previous": previous,
        "role": role,
        "seq": seq,
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(events: Iterable[Event]) -> Event | None:
    """The first event of one case, in order of ``seq``, that does not follow from those before."""
    previous, expected = GENESIS, 1
    for event in events:
        recomputed = digest_of(
            previous,
            case_id=event.case_id,
            seq=event.seq,
            actor_id=event.actor_id,
            role=event.role,
            action=event.action,
            at=event.at,
            payload=event.payload,
        )
        if event.seq != expected or event.previous != previous or event.digest != recomputed:
            return event
        previous, expected = event.digest, expected + 1
    return None
