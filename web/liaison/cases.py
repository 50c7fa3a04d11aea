"""The queue of the own fields and of those one stands in for, and the review of their cases."""

from web.liaison.blueprint import bp
from web.notificationpages import notification_views
from web.previewpages import preview_views
from web.queuepages import queue_views
from web.reviewpages import review_views
from workflow.core.roles import Role

queue_views(bp, Role.LIAISON)
review_views(bp, Role.LIAISON)
notification_views(bp, Role.LIAISON)
preview_views(bp, Role.LIAISON)
