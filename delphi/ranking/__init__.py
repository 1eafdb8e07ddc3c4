"""A ranking round: a panellist puts outcomes in order."""
