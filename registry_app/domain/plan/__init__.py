"""What is due, for whom, by which rule: packs, windows, obligations, the regime."""
