"""Everything out, and in again: `response export`, `import`, `import-response`, `backup` and `restore`."""
