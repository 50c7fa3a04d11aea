"""The doors: one blueprint for each kind of user, and what they share."""
