"""My own record: whether I may work and why, what I told when, and who looked at it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.clock import now
from web.guards import public
from web.healthwords import ground_words
from web.labels import label
from web.registrationpages import in_words
from web.staff import session, words
from web.staff.blueprint import bp
from web.staff.minewords import COUNTS, looked, told_then
from workflow.core.alerts import Reached
from workflow.usecases.health import ownrecord


@bp.get("/mine")
@public
def mine() -> ResponseReturnValue:
    """Everything of the holder of the link; ``told`` in the address says that it was just kept."""
    record = ownrecord.own_record(session.needed(), now())
    found = record.judgement
    return render_template(
        "staff/mine.html",
        record=record,
        place=record.place,
        found=found,
        reasons=[ground_words(one) for one in found.grounds],
        title=words.title(found),
        advice=words.advice(found),
        tellings=[(one, COUNTS[one.counts], in_words(one.told)) for one in record.tellings],
        check_ins=[told_then(one) for one in record.check_ins],
        calls=[(one, label(Reached(one.reached))) for one in record.calls],
        looked=[looked(one) for one in record.reveals],
        just_told="told" in request.args,
    )
