"""What the enterprise was asked to correct or mend, each point beside the place to do it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from web.labels import label
from web.plan import Row
from workflow.core.corrections import Anchor, RequestKind
from workflow.core.filings import Made, Material, Section
from workflow.core.states import WRITABLE, State
from workflow.store import corrections
from workflow.store.cases import Case
from workflow.store.corrections import CorrectionPoint
from workflow.usecases import anchors, views

OTHER = "other"  # where files for no particular material are given


@dataclass(frozen=True, slots=True)
class Asked:
    """One point in words. ``step`` and ``spot`` say where it can be mended: the step of the filing
    and the id on its page. ``was``: the answer as it was handed in. ``open``: nothing was changed
    there, and nothing said.
    """

    id: int
    what: str
    fault: str
    words: str
    was: str
    answer: str
    open: bool
    step: str
    spot: str
    url: str


@dataclass(frozen=True, slots=True)
class Request:
    """All that was asked at one time, and until when. ``mending``: the place, not the papers."""

    mending: bool
    due_on: date
    made_at: datetime
    points: tuple[Asked, ...]

    @property
    def open(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.points if one.open)

    def at(self, step: str, spot: str) -> list[Asked]:
        """What hangs on one spot of a step."""
        return [one for one in self.points if one.step == step and one.spot == spot]

    def on(self, step: str) -> list[Asked]:
        """All that hangs on one step."""
        return [one for one in self.points if one.step == step]


Spot = tuple[str, str]  # the step, and the id on its page


def request_of(
    case: Case, rows: list[Row], sections: Iterable[Section], url: Callable[[str], str]
) -> Request | None:
    """What the enterprise is to see to now; None unless the case was given back to it."""
    if case.state not in WRITABLE or case.state is State.DRAFT:
        return None
    asked, still_open = corrections.requests(case.id)[-1], views.unanswered(case)
    found = tuple(
        _asked(one, case, _spot(case, rows, list(sections), one.anchor, one.key), url, still_open)
        for one in corrections.of_request(asked.id)
    )
    mending = asked.kind is RequestKind.RECTIFICATION
    return Request(mending, asked.due_on, asked.made_at, found)


def _asked(
    point: CorrectionPoint,
    case: Case,
    spot: Spot,
    url: Callable[[str], str],
    still_open: tuple[str, ...],
) -> Asked:
    step, place = spot
    return Asked(
        id=point.id,
        what=anchors.label(case, point.anchor, point.key) or label(point.anchor),
        fault=label(point.fault),
        words=point.words,
        was=_was(case, point),
        answer=point.answer or "",
        open=str(point.id) in still_open,
        step=step,
        spot=place,
        url=url(step) + (f"#{place}" if place else ""),
    )


def _was(case: Case, point: CorrectionPoint) -> str:
    facts = views.submitted_facts(case)
    if point.anchor is not Anchor.FACT or point.key not in facts:
        return ""
    return case.catalogue.pack.fact(point.key).words(facts[point.key])


def _spot(case: Case, rows: list[Row], sections: list[Section], anchor: Anchor, key: str) -> Spot:
    match anchor:
        case Anchor.FACT:
            found = next((one.key for one in sections if key in one.facts), "")
            return (found, f"q-{key}") if found else ("check", "")
        case Anchor.PART:
            return f"part-{key}", "q-text"
        case Anchor.MATERIAL:
            return _of_material(next(one for one in case.kind.materials if one.key == key))
        case Anchor.REQUIREMENT:
            row = next((one for one in rows if one.code == key), None)
            return _of_material(row.material) if row and row.material else ("materials", OTHER)
        case Anchor.ATTACHMENT:
            return _of_file(case, key)
        case Anchor.ROSTER_ROW:
            return "roster", f"line-{key}"
    return "check", ""


def _of_material(material: Material) -> Spot:
    match material.made:
        case Made.PART:
            return f"part-{material.key}", "q-text"
        case Made.ROSTER:
            return "roster", ""
    return "materials", material.key


def _of_file(case: Case, sha256: str) -> Spot:
    """Where a file was given, whether it is still there or was taken out since."""
    was = (one["codes"] for one in case.submission.attachments if one["sha256"] == sha256)
    codes = set(next(was, ()))
    papers = (one for one in case.kind.materials if one.made is Made.FILE)
    found = next((one.key for one in papers if codes & ({one.key} | one.proves)), OTHER)
    return "materials", found
