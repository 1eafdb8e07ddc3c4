"""When an open round takes answers: pausing it, going on, and the day on which it begins."""
