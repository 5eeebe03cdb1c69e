"""Mistakes that a person can mend: they are told in a sentence, without a traceback."""

# By name: when the settings are wrong, some of these can not even be imported.
_MISTAKES = {
    "django.core.exceptions.ImproperlyConfigured",
    "response.plugins.errors.PluginError",
    "response.project.config.ConfigError",
    "response.project.demo.DemoError",
    "response.project.embedded.errors.EmbeddedError",
    "response.project.ports.PortError",
    "response.project.socket_mode.NotConnected",
}
_UNSUPPORTED = "django.db.utils.NotSupportedError"
_NO_DATABASE = {"django.db.utils.OperationalError", "psycopg.OperationalError"}


def sentence_for(error: Exception) -> str | None:
    """The sentence for a mistake that a person can mend; None for a bug."""
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if names & _NO_DATABASE:
        reason = (str(error).strip().splitlines() or ["it does not say why"])[0]
        return f"The database cannot be used: {reason}"
    if _UNSUPPORTED in names and "or later is required" in str(error):  # what Django says of an old PostgreSQL
        return f"The database cannot be used: {error} Upgrade it; `response backup` writes everything that has to move."
    return str(error) if names & _MISTAKES else None
