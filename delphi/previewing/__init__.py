"""Panellists' pages, shown to the team before a round opens and while it runs; nothing is saved."""
