"""Comments of a closed round: their themes, and which of them could tell who somebody is."""
