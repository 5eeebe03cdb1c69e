"""Setting up, driving and looking into the sandbox from outside."""
