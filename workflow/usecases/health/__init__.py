"""Staff health: everything that is told, judged and set off."""
