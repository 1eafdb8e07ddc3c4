"""The figures of a report: each a function from plain data to a Matplotlib figure."""
