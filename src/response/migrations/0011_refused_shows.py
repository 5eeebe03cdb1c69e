"""An incident's page shows what Slack refused of it: so that is a change which open pages are told of."""

from django.db import migrations

TRIGGER = """
CREATE CONSTRAINT TRIGGER note_change AFTER UPDATE OF state ON response_delivery DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.incident_id IS NOT NULL AND OLD.state <> NEW.state AND 'refused' IN (OLD.state, NEW.state)
) EXECUTE FUNCTION response_note_change('incident_id');
"""


class Migration(migrations.Migration):
    dependencies = [("response", "0010_pulse_and_search")]

    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER note_change ON response_delivery;")]
