"""A plugin as people wrote them for the original's package 0.5.1. Nothing in it is written for us."""
