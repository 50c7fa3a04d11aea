"""健康登记的开关: its basis, its days, its rules, and how it ends."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.healthcampaign import OpenForm
from web.clock import now
from web.frame import this_town
from web.guards import allow
from web.office.blueprint import bp
from web.refusalwords import refusal_words
from workflow.catalogue import divisions, riskpack
from workflow.core.days import day_of
from workflow.core.refusals import Refused
from workflow.core.regions import Region
from workflow.core.risk import RiskRules
from workflow.core.roles import Role
from workflow.store import healthcampaigns, riskrules, towns
from workflow.usecases.health import campaign as cases

USUAL, BLANK, DEMO = "usual", "blank", "demo"
FEVER = 373  # 37.3 ℃


@bp.get("/campaign")
@allow(Role.OFFICE)
def health_campaign():
    """The campaign that is on or is to come, and what became of those before."""
    today = day_of(now())
    current = healthcampaigns.under_way(today)
    told = {"current": current, "today": today, "can_open": bool(towns.open_stops())}
    past = [one for one in healthcampaigns.every() if one != current]
    asked = riskrules.unconfirmed(current.id) if current else 0
    return render_template("office/healthcampaign.html", past=past, asked=asked, **told)


@bp.route("/campaign/open", methods=["GET", "POST"])
@allow(Role.OFFICE)
def open_campaign():
    today = day_of(now())
    form = OpenForm(_find, _packs(), today, data={"starts_on": today, "kept_days": 30})
    if form.validate_on_submit() and _opened(form):
        flash(_("健康登记已经打开。请把风险规则核对一遍。"))
        return redirect(url_for(".health_campaign"))
    page = render_template("office/healthopen.html", form=form, today=today)
    return page, 422 if form.is_submitted() else 200


@bp.post("/campaign/<int:campaign_id>/end")
@allow(Role.OFFICE)
def end_campaign(campaign_id: int):
    healthcampaigns.get(campaign_id)
    cases.end_campaign(campaign_id, g.actor, now())
    flash(_("记下了，今天是最后一天。"))
    return redirect(url_for(".health_campaign"))


@bp.get("/campaign/notice")
@allow(Role.OFFICE)
def health_notice():
    """The notice as staff see it."""
    current = healthcampaigns.soon(day_of(now()))
    return render_template("office/healthnotice.html", campaign=current)


def _find(words: str) -> tuple[divisions.Division, ...]:
    """Divisions, in the demo its fictitious ones as well."""
    text = riskpack.shipped()[DEMO] if this_town().demo else ""
    invented = riskpack.invented(riskpack.load_rules(text, day_of(now()))) if text else ()
    return divisions.found(words, invented)


def _packs() -> list[tuple[str, str]]:
    """The sets of rules to begin with; those of a fictitious outbreak in the demo alone."""
    before = healthcampaigns.every()
    usual = [(USUAL, _("本镇常用的（上一次的；各地等级要重新核对）"))] if before else []
    offered = [one for one in riskpack.shipped().items() if _is_offered(one[1])]
    shipped = [(key, _shipped_words(text)) for key, text in offered]
    return [*usual, *shipped, (BLANK, _("空白的（一条一条自己加）"))]


def _is_offered(text: str) -> bool:
    return this_town().demo or not riskpack.is_demo(text)


def _shipped_words(text: str) -> str:
    title = riskpack.title(text)
    if riskpack.is_demo(text):
        return title
    return _("%(title)s，只作例子，逐条确认了才算", title=title)


def _rules(form: OpenForm) -> RiskRules | None:
    """The rules that were chosen; None where nothing says where the town is."""
    texts, key = riskpack.shipped(), form.pack.data
    rules: RiskRules | None = None
    if key == USUAL:
        rules = cases.usual_rules()
    elif key in texts:
        rules = riskpack.load_rules(texts[key], day_of(now()))
        rules = rules if riskpack.is_demo(texts[key]) else riskpack.as_examples(rules)
    rules = rules or RiskRules(home=Region("", ()), fever=FEVER)
    home = form.region or rules.home
    return replace(rules, home=home) if home.codes else None


def _opened(form: OpenForm) -> bool:
    rules = _rules(form)
    if rules is None:
        form.words.errors = [_("空白的规则没写本地是哪里，请写上。")]
        return False
    days, kept = form.to_days(), form.kept_days.data or 0
    stop_id = towns.open_stops()[0].id
    try:
        cases.open_campaign(stop_id, form.basis.data or "", days, kept, rules, g.actor, now())
    except Refused as refused:
        form.starts_on.errors = [refusal_words(one) for one in refused.refusals]
        return False
    return True
