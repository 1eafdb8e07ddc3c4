"""The team of a study: its people and roles, the account of each of them, the audit trail to read."""
