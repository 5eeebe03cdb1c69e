"""An incident to take away: as a document to write on, and as data."""
