"""`make bench`: every measurement, one after the other; the figures as JSON, an object a line."""

from bench import ack, crowd, declare, flow, live, pages, painting, sandbox, years
from bench.report import Report

report = Report()
for measurement in (ack, declare, flow, crowd, pages, painting, live, years, sandbox):
    measurement.measure(report)
