"""After an act: tells the apps that asked (events) and the pages that are open (live updates)."""
