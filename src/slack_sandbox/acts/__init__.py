"""What anybody can do in the workspace, person or app alike: check, change, announce."""
