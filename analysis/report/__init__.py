"""The whole analysis of a study in a folder: tables, figures, one page, and what it was made from."""
