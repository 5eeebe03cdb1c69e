"""The addresses of signing in. allauth has many more, which are not offered here."""

from django.urls import path

from response.accounts import demo, openid, views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("password/", views.password, name="account_change_password"),
    path("welcome/<uidb64>/<token>/", views.welcome, name="account_welcome"),
    path("demo/<int:person_id>/", demo.be, name="demo_sign_in"),
    path("with/<slug:provider_id>/", openid.sign_in, name="openid_connect_login"),
    path("with/<slug:provider_id>/callback/", openid.come_back, name="openid_connect_callback"),
]
