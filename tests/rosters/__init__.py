"""Tests of rosters: tables as people make them, and what becomes of them."""
