"""Durable background work on PostgreSQL: tasks, schedules, workers, demo data."""
