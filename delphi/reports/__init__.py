"""Results of closed rounds, the lineage of outcomes, and the bundle to download."""
