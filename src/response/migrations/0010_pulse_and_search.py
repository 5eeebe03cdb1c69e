"""What open pages ask for and the search reads: which transaction last changed an incident, noted by triggers."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Each is a table whose rows are shown on an incident's pages, the column that names the incident, and what counts.
# How much somebody said is not worth telling every open page at each message; that they came is.
SHOWN = [
    ("incident", "id", "INSERT OR UPDATE"),
    ("timelineevent", "incident_id", "INSERT OR UPDATE OR DELETE"),
    ("action", "incident_id", "INSERT OR UPDATE OR DELETE"),
    ("commschannel", "incident_id", "INSERT OR UPDATE OR DELETE"),
    ("userstats", "incident_id", "INSERT"),
]

# The trigger runs when the transaction commits: whoever changes an incident holds the row of its pulse for no longer
# than that takes, so nobody waits for another's work, and no two can wait for each other.
NOTE_CHANGE = """
CREATE FUNCTION response_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    INSERT INTO response_pulse AS pulse (incident_id, version, is_searchable)
    VALUES ((changed->>TG_ARGV[0])::bigint, pg_current_xact_id()::text::bigint, false)
    ON CONFLICT (incident_id) DO UPDATE SET version = EXCLUDED.version, is_searchable = false
    WHERE pulse.version <> EXCLUDED.version;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER note_change AFTER {what} ON response_{table} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION response_note_change('{column}');
"""
NO_TRIGGER = "DROP TRIGGER note_change ON response_{table};"

EVERY_INCIDENT = """
INSERT INTO response_pulse (incident_id, version, is_searchable)
SELECT id, pg_current_xact_id()::text::bigint, false FROM response_incident;
"""


class Migration(migrations.Migration):
    dependencies = [("response", "0008_operations")]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("incident", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="pulse", serialize=False, to="response.incident")),
                ("version", models.BigIntegerField(help_text="The number of that transaction. It never comes twice.")),
                ("is_searchable", models.BooleanField(default=False, help_text="Whether the search has seen this version.")),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("incident", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="searchable", serialize=False, to="response.incident")),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.AddIndex("incident", models.Index(fields=["severity", "-report_time", "-id"], name="incident_worst_first")),
        migrations.AddIndex("incident", models.Index(condition=models.Q(("end_time", None)), fields=["-report_time"], name="incident_open")),
        migrations.RunSQL(EVERY_INCIDENT, migrations.RunSQL.noop),
        migrations.AddIndex("pulse", models.Index(fields=["-version"], name="pulse_latest_first")),
        migrations.AddIndex("pulse", models.Index(condition=models.Q(("is_searchable", False)), fields=["version"], name="pulse_to_be_read")),
        migrations.AddIndex("searchdocument", django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_words")),
        migrations.RunSQL(
            NOTE_CHANGE + "".join(TRIGGER.format(table=table, column=column, what=what) for table, column, what in SHOWN),
            "".join(NO_TRIGGER.format(table=table) for table, _, _ in SHOWN) + "DROP FUNCTION response_note_change();",
        ),
    ]
