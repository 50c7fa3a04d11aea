"""Jobs that failed for good, and starting one again."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from web.admin.blueprint import bp
from web.clock import now
from web.guards import allow
from workflow.core.roles import Role
from workflow.usecases import operating

TASK_LABELS = {
    "issue_notice": lazy_gettext("做通知单等文书"),
    "release_item": lazy_gettext("成批签发"),
    "lay_out_preview": lazy_gettext("做预览"),
}
ID_LABELS = {
    "document_id": lazy_gettext("文件"),
    "case_id": lazy_gettext("申报"),
    "item_id": lazy_gettext("批中第几件"),
    "preview_id": lazy_gettext("预览"),
}


@bp.get("/jobs")
@allow(Role.ADMIN)
def jobs() -> ResponseReturnValue:
    failed = operating.failed_jobs()
    mails = bool(current_app.config["SETTINGS"].mail_url)
    told = {"tasks": TASK_LABELS, "named": ID_LABELS, "mails": mails}
    return render_template("admin/jobs.html", jobs=failed, **told)


@bp.post("/jobs/<int:job_id>/restart")
@allow(Role.ADMIN)
def restart(job_id: int) -> ResponseReturnValue:
    operating.restart_job(job_id, g.actor, now())
    return redirect(url_for(".jobs"))
