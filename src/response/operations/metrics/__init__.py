"""What Prometheus is told. Why it comes out of the database: docs/decisions/metrics.md."""
