"""Jobs that failed for good, and starting one again."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from web.admin.blueprint import bp
from web.clock import now
from web.guards import allow
from workflow.core.roles import Role
from workflow.usecases import operating

TASK_LABELS = {"issue_notice": lazy_gettext("做通知单")}
ID_LABELS = {"document_id": lazy_gettext("文件"), "case_id": lazy_gettext("申报")}


@bp.get("/jobs")
@allow(Role.ADMIN)
def jobs() -> ResponseReturnValue:
    failed = operating.failed_jobs()
    return render_template("admin/jobs.html", jobs=failed, tasks=TASK_LABELS, named=ID_LABELS)


@bp.post("/jobs/<int:job_id>/restart")
@allow(Role.ADMIN)
def restart(job_id: int) -> ResponseReturnValue:
    operating.restart_job(job_id, g.actor, now())
    return redirect(url_for(".jobs"))
