"""The office's queue, its pages of a case, and all cases, to look at."""

from web.notificationpages import notification_views
from web.office.blueprint import bp
from web.previewpages import preview_views
from web.queuepages import list_view, queue_views
from web.queuetabs import ALL
from web.reviewpages import review_views
from workflow.core.roles import Role

queue_views(bp, Role.OFFICE, queue_at="/queue")
list_view(bp, "cases", lambda _actor: ALL, Role.OFFICE, at="/cases")
review_views(bp, Role.OFFICE)
notification_views(bp, Role.OFFICE)
preview_views(bp, Role.OFFICE)
