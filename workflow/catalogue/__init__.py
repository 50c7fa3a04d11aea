"""Campaign packs in their interchange form (TOML)."""
