"""What is wrong with an installation, and what to do: `response doctor`, and `diagnosis.diagnose` for pages."""
