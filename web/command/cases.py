"""What waits for the command's decision, what is overdue, and the pages of its cases."""

from web.command.blueprint import bp
from web.notificationpages import notification_views
from web.previewpages import preview_views
from web.queuepages import queue_views
from web.reviewpages import review_views
from workflow.core.roles import Role

queue_views(bp, Role.COMMAND)
review_views(bp, Role.COMMAND)
preview_views(bp, Role.COMMAND)
notification_views(bp, Role.COMMAND)
