"""The statistics of a Delphi study and its bundle; knows no web and no database."""

__version__ = "0.1.0"
