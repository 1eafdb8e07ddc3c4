"""What changed since last time, what became of one's words, and answers to the open round so far."""
