"""Claims without a credit code, and those in a field nobody looks after."""

from web.claimpages import claim_views
from web.office.blueprint import bp
from workflow.core.roles import Role

claim_views(bp, Role.OFFICE)
