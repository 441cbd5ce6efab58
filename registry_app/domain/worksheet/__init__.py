"""Filling in an exam sheet: what may be typed where, and each step of it."""
