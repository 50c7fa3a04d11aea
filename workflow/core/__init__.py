"""The rules, in the standard library alone: no I/O, no clock, no database."""
