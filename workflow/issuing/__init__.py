"""Documents of the service: laid out, sealed, signed, and verified.

Nothing here knows the database or the web. `content` says what a notice holds, `rendering` lays
it out, `signing` seals it, `verification` judges a file that somebody brings back.
"""
