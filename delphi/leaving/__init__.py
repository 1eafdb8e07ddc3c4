"""Leaving safely: exit at once, time-out, how to be reached, withdrawing, where there is help."""
