"""Consensus definitions, applied exactly."""
