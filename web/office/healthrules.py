"""The dated rules of a health campaign: the risk of areas, and how long people are observed."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from forms.duty import tidy
from forms.healthcampaign import AreaForm, RuleForm
from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from web.refusalwords import refusal_words
from workflow.catalogue import divisions, riskpack
from workflow.core.days import day_of
from workflow.core.refusals import Refused
from workflow.core.roles import Role
from workflow.store import healthcampaigns, riskrules
from workflow.store.healthcampaigns import HealthCampaign
from workflow.usecases.health import campaign as cases

ON = "on"


@bp.get("/campaign/areas")
@allow(Role.OFFICE)
def health_areas():
    current = _current()
    words, asked = tidy(request.args.get("q"))[:60], request.args.get("asked") == "1"
    rows = riskrules.areas_like(current.id, words, asked=asked)
    told = {"words": words, "asked": asked, "more": len(rows) > riskrules.MOST_LISTED}
    rows = rows[: riskrules.MOST_LISTED]
    return render_template("office/healthareas.html", rows=rows, today=day_of(now()), **told)


@bp.post("/campaign/areas")
@allow(Role.OFFICE)
def enable_areas():
    """Confirms the rows that were ticked, or takes them out of use."""
    ticked = [int(one) for one in request.form.getlist("row") if one.isdecimal() and len(one) < 10]
    enabled = request.form.get("count") == ON
    changed = cases.set_enabled(_current().id, ticked, enabled, g.actor, now())
    words = ngettext("改了 %(num)s 条。", "改了 %(num)s 条。", changed)
    flash(words + _("去过那里的人几分钟内重新判断。") if changed else _("没有勾选，或者没有变化。"))
    return redirect(url_for(".health_areas"))


@bp.route("/campaign/areas/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_area():
    current, today = _current(), day_of(now())
    form = AreaForm(_finder(current), today, data={"since": today})
    if form.validate_on_submit():
        cases.note_area(current.id, form.to_area(), g.actor, now())
        flash(_("加上了。去过那里的人几分钟内重新判断。"))
        return redirect(url_for(".health_areas"))
    page = render_template("office/healtharea.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/campaign/rules")
@allow(Role.OFFICE)
def health_rules():
    current = _current().id
    rules = riskrules.rules(current).rules
    disputed = {
        one.code: [other.code for other in rules if other is not one and one.disputes(other)]
        for one in rules
    }
    rows = riskrules.rule_rows(current)
    return render_template("office/healthrules.html", rows=rows, disputed=disputed)


@bp.route("/campaign/rules/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_rule():
    current, today = _current(), day_of(now())
    rows = riskrules.rule_rows(current.id)
    filled = {"since": today, "count_from": "next_day"}
    form = RuleForm(_finder(current), rows, today, data=filled)
    if form.validate_on_submit() and _noted(current, form):
        flash(_("加上了。外地来的人几分钟内重新判断。"))
        return redirect(url_for(".health_rules"))
    page = render_template("office/healthrule.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/campaign/rules/<int:rule_id>")
@allow(Role.OFFICE)
def enable_rule(rule_id: int):
    enabled = request.form.get("count") == ON
    cases.set_rule_enabled(_current().id, rule_id, enabled, g.actor, now())
    flash(_("改好了。外地来的人几分钟内重新判断。"))
    return redirect(url_for(".health_rules"))


def _current() -> HealthCampaign:
    """The campaign that is on or is to come. Raises ``NotFound``."""
    return healthcampaigns.soon(day_of(now()))


def _finder(current: HealthCampaign):
    """Finds divisions, those of a fictitious outbreak among them."""
    invented = riskpack.invented(riskrules.rules(current.id))
    return lambda words: divisions.found(words, invented)


def _noted(current: HealthCampaign, form: RuleForm) -> bool:
    try:
        cases.note_rule(current.id, form.to_rule(), g.actor, now())
    except Refused as refused:
        form.number.errors = [refusal_words(one) for one in refused.refusals]
        return False
    return True
