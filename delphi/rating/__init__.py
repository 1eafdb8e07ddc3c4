"""What a panellist does in rating and comment rounds: answer section by section, finish."""
