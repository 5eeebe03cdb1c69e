"""The doctor's address."""

from django.urls import path

from response.doctor import views

urlpatterns = [path("", views.page, name="doctor")]
