"""The pages of plugins: what a plugin's module lists as `urlpatterns` is found under /plugins/<its name>/."""

from django.urls import include, path

from response.plugins import discovery

urlpatterns = [
    path(f"{name}/", include((module.urlpatterns, name)))
    for name, module in discovery.loaded.items()
    if hasattr(module, "urlpatterns")
]
