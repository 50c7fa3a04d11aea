"""The door for administrators: jobs that failed. It sees no case."""

from web.admin import jobs
from web.admin.blueprint import bp

__all__ = ["bp", "jobs"]
