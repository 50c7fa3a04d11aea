"""What every page of a filing stands in: the steps, the list, the liaison, where to go next."""

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _

from web import plan
from web.clock import now
from web.dutypages import responsible_words
from web.filing.points import Request, request_of
from workflow.core.days import day_of
from workflow.core.facts import CLASS, FactDefinition, Facts
from workflow.core.filings import Made, Section
from workflow.core.refusals import NotFound
from workflow.store import cases
from workflow.store.cases import Case
from workflow.store.duty import duty_of
from workflow.usecases.steps import may_write
from workflow.usecases.views import draft_facts, roster_given


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a filing as the list of steps shows it."""

    key: str
    title: str
    url: str
    done: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing being written, at a door: the case, all that is known of it, and its list."""

    case: Case
    facts: Facts
    door: str
    rows: list[plan.Row]
    request: Request | None = None

    @property
    def sections(self) -> list[Section]:
        """The sections that ask this place anything, in order."""
        pack = self.case.catalogue.pack
        return [one for one in self.case.kind.sections if pack.asked(one, self.facts)]

    def section(self, key: str) -> Section:
        """One of them. Raises ``NotFound``."""
        for one in self.sections:
            if one.key == key:
                return one
        raise NotFound(key)

    def questions(self, section: Section) -> tuple[FactDefinition, ...]:
        """The questions of a section, with those that another answer may yet call up."""
        return self.case.catalogue.pack.asked(section, {CLASS: self.facts[CLASS]})

    def shown(self, section: Section) -> list[str]:
        """Keys of the questions of a section that stand on its page now, in order.

        One that another question of the same page calls up waits for that one's answer.
        """
        asked = self.case.catalogue.pack.asked(section, self.facts)
        return [one.key for one in asked if not self.waits(one, section)]

    def waits(self, fact: FactDefinition, section: Section) -> bool:
        """Whether a question depends on another of its section that is still open."""
        if fact.asked_when is None or fact.asked_when.holds(self.facts) is not None:
            return False
        open_yet = {leaf.fact for leaf in fact.asked_when.leaves()} - self.facts.keys()
        return bool(open_yet & set(section.facts))

    def url(self, key: str) -> str:
        """The page of a step: a section's key, ``part-`` and a part's, or a page's own name."""
        if key in PAGES:
            return url_for(f"{self.door}.{key}", case_id=self.case.id)
        if key == "roster":
            if not self.lists_people:  # it is on the paper that was scanned
                return url_for(f"{self.door}.case", case_id=self.case.id)
            return url_for(f"{self.door}.roster", place_id=self.case.place_id)
        if key.startswith("part-"):
            return url_for(f"{self.door}.part", case_id=self.case.id, key=key.removeprefix("part-"))
        return url_for(f"{self.door}.section", case_id=self.case.id, key=key)

    @property
    def lists_people(self) -> bool:
        """Whether the roster is one of its steps; a recorded filing has it on the paper."""
        asks = any(one.made is Made.ROSTER for one in self.case.kind.materials)
        return asks and self.case.recorded_by is None

    def steps(self, now: str) -> list[Step]:
        """All steps in order, with what is done."""
        pack, case = self.case.catalogue.pack, self.case
        missing = set(pack.missing(case.kind, self.facts))
        found = [("corrections", self.asks, False)] if self.request else []
        found += [(one.key, one.title, not missing & set(one.facts)) for one in self.sections]
        found.append(("needs", _("要求清单"), bool(case.answers) and not missing))
        if self.lists_people:
            found.append(("roster", _("员工花名册"), roster_given(case)))
        found += [
            (f"part-{one.part.key}", one.part.title, one.own)
            for one in plan.writings(case, self.facts, case.answers)
        ]
        waiting = any(row.waits_for_file for row in self.rows)
        found += [("materials", _("材料上传"), not waiting), ("check", _("核对并提交"), False)]
        waits = {one.step for one in self.request.open} if self.request else set()
        return [
            Step(key, title, self.url(key), done and key not in waits, key == now)
            for key, title, done in found
        ]

    @property
    def asks(self) -> str:
        """What the filing was given back for."""
        return _("要整改的") if self.request and self.request.mending else _("要补正的")

    def after(self, key: str) -> str:
        """The page that follows a step; from what was to be corrected back to the list of it."""
        if self.request and key != "corrections":
            return self.url("corrections")
        order = [one.key for one in self.steps(key)]
        return self.url(order[order.index(key) + 1])

    def before(self, key: str) -> str:
        """The page before a step."""
        order = [one.key for one in self.steps(key)]
        place = order.index(key) if key in order else 0
        return self.url(order[place - 1]) if place else url_for(f"{self.door}.home")

    def page(self, key: str) -> dict[str, Any]:
        """What the template of a step needs beside its own part."""
        steps = self.steps(key)
        return {
            "case": self.case,
            "door": self.door,
            "steps": steps,
            "at": next(n for n, one in enumerate(steps, 1) if one.now),
            "rows": self.rows,
            "corrections": self.request,
            "responsible": responsible_words(duty_of(self.case.field_id, day_of(now()))),
            "back": self.before(key),
        }


PAGES = ("corrections", "needs", "materials", "check")


def draft(case_id: int, door: str) -> Draft:
    """The filing that the signed-in actor writes or corrects; leads away from any other."""
    case = cases.get(case_id, g.actor)
    g.pack = case.catalogue.pack
    if not may_write(case, g.actor):  # another tab, or back after submitting
        flash(_("已经提交，不能再改。要改请找您的企业专员。"))
        abort(redirect(url_for(f"{door}.case", case_id=case.id)))
    return of_case(case, door)


def of_case(case: Case, door: str) -> Draft:
    """A draft with its list worked out."""
    facts = draft_facts(case)
    done = plan.written(case, facts, case.answers, roster_given(case))
    rows = plan.rows(case, facts, plan.attached(case.attachments), (), done)
    found = Draft(case, facts, door, rows)
    return replace(found, request=request_of(case, rows, found.sections, found.url))
