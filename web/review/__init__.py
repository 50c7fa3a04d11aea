"""One page for a case, for every officer, and everything that is done from it."""
