"""Reopening businesses after a stop: cases, rules, documents and follow-up."""
