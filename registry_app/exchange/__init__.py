"""Files in and out: bytes into rows, rows into values, and back."""
