"""Tables and named queries on PostgreSQL: the only SQL of the service."""
