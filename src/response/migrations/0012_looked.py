from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("response", "0011_refused_shows")]

    operations = [
        migrations.AddField(
            "delivery",
            "looked",
            # The default is the database's too: processes of the version before go on making deliveries.
            models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="How far Slack was searched for what an earlier try may have done: its cursor.",
            ),
        )
    ]
