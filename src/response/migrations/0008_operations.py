from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("response", "0007_heard"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="delivery_unfinished"),
        migrations.AddField(
            model_name="delivery",
            name="retried_at",
            field=models.DateTimeField(help_text="When somebody last had it tried again.", null=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("refused", "Refused by Slack"),
                    ("folded", "Said as part of a digest"),
                    ("dropped", "Not needed any more"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending", "refused"])),
                fields=["state", "created_at"],
                include=("retried_at",),
                name="delivery_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(condition=models.Q(("reference__gt", "")), fields=["done_at"], name="handling_failed"),
        ),
        migrations.AddIndex(
            model_name="hookcall",
            index=models.Index(condition=models.Q(("error__gt", "")), fields=["done_at"], name="hook_failed"),
        ),
        # What needs no job was left without a time until now, and looked unhandled.
        migrations.RunSQL(
            "UPDATE response_inboundrequest SET handled_at = received_at WHERE handled_at IS NULL AND note = ''"
            " AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = 'handle_request'"
            " AND args->>'request_id' = response_inboundrequest.id::text)",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="inboundrequest",
            index=models.Index(
                condition=models.Q(("handled_at", None), ("note", "")),
                fields=["received_at"],
                name="request_unhandled",
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sample",
                    models.CharField(
                        help_text="The metric's name, for histograms with `_bucket` or `_sum`.", max_length=100
                    ),
                ),
                ("labels", models.CharField(help_text="The values of its labels, as a JSON list.", max_length=400)),
                ("value", models.FloatField()),
            ],
            options={
                "verbose_name_plural": "tallies",
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "labels"), name="one_tally_per_sample"),
                ],
            },
        ),
    ]
