"""`make chaos`: everything goes wrong at once, and at the end nothing is lost, doubled, out of order or stuck.

People declare incidents and talk in their channels while Slack limits, fails, answers late or not at all, and sends its
events late, twice and out of order; workers are killed every few seconds, web processes and PostgreSQL are restarted.
All of it by a seed. Then the database, the workspace and the sandbox's journal are compared.
"""
