"""补正: points noted at whatever they hang on, looked through together, told in one notice."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.base import BaseForm
from forms.points import NoticeForm, PointForm
from web import casewords
from web.clock import now
from web.codes import new_codes
from web.guards import allow
from web.handoverpages import submitted
from web.labels import label
from web.review.actions import against_it, collects, preview_of
from workflow.core.corrections import Anchor, Fault
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Role
from workflow.core.states import Action
from workflow.store import corrections
from workflow.store.cases import Case
from workflow.store.corrections import CorrectionPoint, CorrectionRequest
from workflow.usecases import anchors, correcting
from workflow.usecases.views import review_view


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to correct, as pages show it. ``key`` tells what it hangs on."""

    id: int
    name: str
    anchor: Anchor
    key: str
    kind: str
    words: str
    late: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Request:
    """What was told the enterprise at one time, with what it answered."""

    request: CorrectionRequest
    points: list[Point]


class Names:
    """What points of a case hang on, by name; each kind is looked up once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[Anchor, dict[str, str]] = {}

    def of(self, anchor: Anchor, key: str) -> str:
        """The name; a word for its kind where the submission in force has it no more."""
        if anchor is Anchor.ROSTER_ROW:
            return anchors.label(self._case, anchor, key) or label(anchor)
        if anchor not in self._known:
            self._known[anchor] = dict(anchors.anchors(self._case, anchor))
        return self._known[anchor].get(key) or label(anchor)

    def words(self, points: list[CorrectionPoint]) -> list[Point]:
        return [
            Point(
                one.id,
                self.of(one.anchor, one.key),
                one.anchor,
                one.key,
                label(one.fault),
                one.words,
                one.late,
                one.answer or "",
            )
            for one in points
        ]


def told(case: Case, names: Names) -> list[Request]:
    """Everything a case was asked to correct or mend, newest first."""
    return [
        Request(one, names.words(corrections.of_request(one.id)))
        for one in reversed(corrections.requests(case.id))
    ]


def point_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the pages on which points are noted, dropped and sent."""

    @door.route("/cases/<int:case_id>/points/new", methods=["GET", "POST"])
    @allow(*roles)
    def point(case_id: int):
        case = submitted(case_id)
        anchor, key = _hangs_on()
        late = correcting.comes_late(case, anchor, key)
        form = PointForm(casewords.FAULT_LABELS, casewords.SUGGESTED_WORDS, late)
        if not form.validate_on_submit():
            return _point_page(door, case, form, anchor, key), 422 if form.is_submitted() else 200
        fault, words = form.to_fault(), form.to_words()
        correcting.raise_point(case_id, anchor, key, fault, words, g.actor, now())
        flash(_("已记下，发出补正告知时一起告诉企业"))
        return redirect(url_for(".case", case_id=case_id, _anchor="points"))

    @door.post("/cases/<int:case_id>/points/<int:point_id>/drop")
    @allow(*roles)
    def drop_point(case_id: int, point_id: int):
        correcting.drop_point(case_id, point_id, g.actor, now())
        flash(_("已去掉这一条"))
        return redirect(url_for(".case", case_id=case_id, _anchor="points"))

    @door.route(
        "/cases/<int:case_id>/points", methods=["GET", "POST"], endpoint=Action.RETURN.value
    )
    @allow(*roles)
    def notice(case_id: int):
        """The one notice, as the enterprise will read it; sent from here."""
        case = submitted(case_id)
        form = NoticeForm(data={"version": case.version})
        if not form.validate_on_submit():
            return _notice_page(door, case, form), 422 if form.is_submitted() else 200
        number = correcting.return_case(case_id, form.to_version(), g.actor, now(), new_codes)
        flash(_("已发出补正告知，文号 %(number)s", number=number))
        return redirect(url_for(".case", case_id=case_id))


def _hangs_on() -> tuple[Anchor, str]:
    """What the point is about, from the address or the form. Raises ``NotFound``."""
    told = request.values
    found = next((one for one in Anchor if one.value == told.get("anchor", "")), None)
    key = told.get("key", "")
    if found is None or len(key) > 80:
        raise NotFound(key)
    return found, key


def _point_page(door: Blueprint, case: Case, form: PointForm, anchor: Anchor, key: str) -> str:
    view = review_view(case, now())
    if not collects(view, g.actor):
        raise Refused(*against_it(view, Action.RETURN, g.actor))
    name = anchors.label(case, anchor, key)
    if name is None:
        raise NotFound(key)
    form.anchor.data, form.key.data = anchor.value, key
    suggested = {fault.value: str(casewords.SUGGESTED_WORDS[fault]) for fault in Fault}
    told = {"name": name, "kind": label(anchor), "suggested": suggested}
    return render_template("review/point.html", door=door.name, case=case, form=form, **told)


def _notice_page(door: Blueprint, case: Case, form: BaseForm) -> str:
    against = against_it(review_view(case, now()), Action.RETURN, g.actor)
    if against:
        raise Refused(*against)
    return render_template(
        "review/notice.html",
        door=door.name,
        case=case,
        form=form,
        points=Names(case).words(corrections.untold(case.id)),
        preview=preview_of(door.name, LetterKind.CORRECTION, g.actor, case.id),
        due=correcting.last_day(case, now()),
    )
