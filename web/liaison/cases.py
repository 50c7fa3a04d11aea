"""The queue of the own fields and of those one stands in for, and the review of their cases."""

from web.liaison.blueprint import bp
from web.reviewpages import review_views
from workflow.core.roles import Role

review_views(bp, Role.LIAISON)
