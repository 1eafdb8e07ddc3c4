"""What a panellist does: agree to take part, answer section by section, finish."""
