"""Full-text search over what people wrote of incidents (docs/decisions/search.md)."""
