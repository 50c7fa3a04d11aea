"""Claims on enterprises in the own fields."""

from web.claimpages import claim_views
from web.liaison.blueprint import bp
from workflow.core.roles import Role

claim_views(bp, Role.LIAISON)
