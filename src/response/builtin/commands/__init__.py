"""What `@incident …` and `/incident …` understand in an incident's channel."""
