import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("response", "0016_actions_auto_created_date")]

    operations = [
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("team", models.CharField(max_length=50)),
                ("reason", models.TextField(null=True)),
                (
                    "escalated_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="response.person"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="response.incident"),
                ),
            ],
        ),
    ]
