"""Studies and their rounds: what stands where, opening, closing, receipts."""
