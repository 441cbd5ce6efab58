"""Protocol packs: what is followed up, when and by which rules, as TOML."""
