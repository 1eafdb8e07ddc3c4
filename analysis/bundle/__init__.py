"""A study as files: a folder or a zip, read whole or not at all, written so that it reads back the same."""
