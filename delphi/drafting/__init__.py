"""Setting up a study: a draft, one decision a page, until it becomes a study."""
