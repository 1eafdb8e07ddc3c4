"""Exploring closed rounds beside their frozen results: other rules, people who left, groups and rounds."""
