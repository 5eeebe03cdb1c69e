"""THE OLD SURFACE: what plugins written for the original (package 0.5.1) import from `response.slack`.

Everything old is here, in `response/core/models/original.py`, and in modules of a line or two that stand at the old
import paths (`response.slack.block_kit`, `cache`, `decorators`, `dialog_builder`, `reference_utils`). New plugins use
`response.plugins`. What differs from the original is listed in docs/howto/old-plugins.md.

Writes go through the outbox, in the transaction of the handler; reads call Slack. Importing calls nobody.
"""
