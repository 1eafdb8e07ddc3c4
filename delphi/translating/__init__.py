"""The languages of a study, and the translations of its texts."""
