"""The maintainer's: what makes the course, guards it, and measures how strong it is. Nothing else imports it."""
