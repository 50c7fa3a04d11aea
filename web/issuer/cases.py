"""What waits for the seal, and the pages of its cases."""

from web.issuer.blueprint import bp
from web.notificationpages import notification_views
from web.previewpages import preview_views
from web.queuepages import queue_views
from web.reviewpages import review_views
from workflow.core.roles import Role

queue_views(bp, Role.ISSUER)
review_views(bp, Role.ISSUER)
preview_views(bp, Role.ISSUER)
notification_views(bp, Role.ISSUER)
