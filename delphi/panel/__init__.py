"""The panel: who is how far, by code, and personal links."""
