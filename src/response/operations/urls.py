"""The addresses for operators."""

from django.urls import path, re_path

from response.operations import views

# At most 18 digits: what a bigint holds for sure.
DELIVERY = r"^deliveries/(?P<delivery_id>[0-9]{1,18})/"

urlpatterns = [
    path("", views.page, name="operations"),
    path("deliveries/again/", views.try_all, name="try_all_again"),
    re_path(rf"{DELIVERY}(?P<press>again|leave)/$", views.settle, name="settle_delivery"),
]
