from django.db import models

from response.core.models import ExternalUser, Incident


class Escalation(models.Model):
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE)
    escalated_by = models.ForeignKey(ExternalUser, on_delete=models.CASCADE, null=True)
    team = models.CharField(max_length=50)
    reason = models.TextField(null=True)

    def __str__(self):
        return self.team
