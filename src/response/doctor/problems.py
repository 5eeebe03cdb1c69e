"""Every problem that the doctor knows. docs/reference/doctor.md is made of this list."""

from response.doctor.findings import Problem, State

WARNING = State.WARNING

# Settings, before anything else is looked at.
BAD_SETTING = Problem("settings", "bad_setting", "{reason}", "Correct it in the environment or in .env.")
NO_TOKEN = Problem(
    "settings",
    "no_token",
    "SLACK_TOKEN is not set: nothing can be said in Slack.",
    "Run `response setup`, or set SLACK_TOKEN to the app's bot token (xoxb-…).",
)
WRONG_TOKEN = Problem(
    "settings",
    "wrong_token",
    "{setting} is {kind}.",
    "Set {setting} to {wanted}.",
)
NO_WAY_IN = Problem(
    "settings",
    "no_way_in",
    "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: nothing that Slack sends is taken.",
    "Run `response setup`; Socket Mode (SLACK_APP_TOKEN) needs no address.",
)
NO_TLS = Problem(
    "settings",
    "no_tls",
    "SITE_URL is {address}: Slack calls only addresses with TLS.",
    "Put a proxy with TLS in front and set SITE_URL to its https:// address, or use Socket Mode.",
)
OPEN_FILE = Problem(
    "settings",
    "open_file",
    "{file} holds secrets, and others on this machine can read it.",
    "Run: chmod 600 {file}",
    WARNING,
)
DEBUG_ON = Problem(
    "settings",
    "debug_on",
    "DEBUG is on: whoever meets a bug sees the insides.",
    "Take DEBUG out of the environment and .env.",
    WARNING,
)
OLD_NAME = Problem(
    "settings",
    "old_name",
    "{renamed}",
    "Rename it in the environment or in .env; a later version will not know it.",
    WARNING,
)
BAD_PLUGIN = Problem("plugins", "bad_plugin", "{reason}", "Mend the plugin, or take it away.")
SKIPPED_PLUGIN = Problem(
    "plugins",
    "skipped_plugin",
    "Left out, as SKIP_BROKEN_PLUGINS is set: {reason}",
    "Mend the plugin, or take it away.",
    WARNING,
)

# The database.
NO_DATABASE = Problem(
    "database",
    "no_database",
    "The database cannot be used: {reason}",
    "Check that PostgreSQL runs and that DATABASE_URL names it.",
)
OLD_DATABASE = Problem(
    "database",
    "old_database",
    "PostgreSQL {version} is too old: Response needs {oldest} or later.",
    "Upgrade PostgreSQL; `response backup` writes everything that has to move.",
)
NOT_MIGRATED = Problem(
    "migrations",
    "not_migrated",
    "Migrations are missing ({count}); the first is {first}.",
    "Run `response migrate`, and start the processes again.",
)
DISK_FULL = Problem(
    "disk",
    "disk_full",
    "Only {free} MB are free where {folder} lies.",
    "Make room: when it is full, nothing can be stored, and Slack gets 503 until there is room again.",
)
DISK_LOW = Problem("disk", "disk_low", "{free} MB are free where {folder} lies.", "Make room soon.", WARNING)

# Slack itself.
SLACK_AWAY = Problem(
    "slack",
    "slack_away",
    "{api_url} cannot be reached: {reason}.",
    "Let this machine connect to it (a firewall or a proxy may forbid it). What is to be said waits meanwhile.",
)
CLOCK_OFF = Problem(
    "clock",
    "clock_off",
    "The clock is {off} Slack's.",
    "Let NTP set the clock: beyond 300 s every request of Slack's is refused.",
)
TOKEN_REFUSED = Problem(
    "token",
    "token_refused",
    "Slack does not take SLACK_TOKEN: {error}.",
    "{advice}",
)
MISSING_SCOPE = Problem(
    "token",
    "missing_scope",
    "The app lacks {scope}, to {reason}.",
    "{needed_by} will not work. Put the manifest (`response manifest`) on the app's page *App Manifest*, install the "
    "app again, and set the new token.",
)
OTHER_WORKSPACE = Problem(
    "token",
    "other_workspace",
    "SLACK_TOKEN belongs to {team}, and no channel of the latest incidents is there.",
    "Set the token of the workspace that the record is about; for another one, start with a database of its own.",
)
APP_TOKEN_REFUSED = Problem(
    "socket",
    "app_token_refused",
    "Slack does not take SLACK_APP_TOKEN: {error}.",
    "Make an app-level token with the scope connections:write, on the app's page *Basic Information*, and set it.",
)
OTHER_APP = Problem(
    "socket",
    "other_app",
    "SLACK_APP_TOKEN is of the app {app_token_app}, and SLACK_TOKEN of {bot_app}.",
    "Take both tokens from one app.",
)

# How Slack and people reach us.
ADDRESS_AWAY = Problem(
    "address",
    "address_away",
    "{address} cannot be reached from here: {reason}.",
    "Start `response run` (or `response web`), and let the proxy pass SITE_URL on to it.",
)
NOT_US = Problem(
    "address",
    "not_us",
    "{address} answers {status}, which is not Response.",
    "Let the proxy pass this address on to Response, body and headers unchanged.",
)
OTHER_SECRET = Problem(
    "address",
    "other_secret",
    "What answers at {address} refuses what is signed with our SLACK_SIGNING_SECRET.",
    "Start the web process again with the same settings; a proxy must not change the body.",
)
NOTHING_HEARD = Problem(
    "address",
    "nothing_heard",
    "Nothing has come from Slack in the last {hours} hours.",
    "Press a button of Response in Slack. If the log then says request_refused, SLACK_SIGNING_SECRET is another app's, "
    "or it is the Client Secret; if the log says nothing, Slack calls another address.",
    WARNING,
)
SOCKET_CLOSED = Problem(
    "socket",
    "socket_closed",
    "No process of ours is connected to Slack by Socket Mode: nothing that Slack sends arrives.",
    "Start `response run` (or `response socket`); when one runs, look in its log for socket_not_connected.",
)
SOCKET_SILENT = Problem(
    "socket",
    "socket_silent",
    "Nothing has come from Slack in the last {hours} hours.",
    "Start `response run` (or `response socket`), and press a button of Response in Slack. If nothing comes, "
    "switch *Socket Mode* on, on the page of the app of that name.",
    WARNING,
)

# The incidents channel.
NO_CHANNEL = Problem(
    "channel",
    "no_channel",
    "There is no channel #{name} that the app can see.",
    "Make it, or set INCIDENT_CHANNEL_NAME to another. A private one stays invisible: make it public.",
)
ARCHIVED_CHANNEL = Problem(
    "channel",
    "archived_channel",
    "#{name} is archived: no headline can be posted.",
    "Unarchive it in Slack, which an app cannot do, or set INCIDENT_CHANNEL_NAME to another.",
)
NO_MEMBER = Problem(
    "channel",
    "no_member",
    "The app is not in #{name}.",
    "It joins by itself with the first headline; to have it there now, say /invite @{bot} in #{name}.",
    WARNING,
)

# The work.
NO_WORKER = Problem(
    "worker",
    "no_worker",
    "No worker gives a sign of life: nothing is said in Slack, and no reminder comes.",
    "Start `response run`, or `response worker`.",
)
QUEUE_LATE = Problem(
    "queue",
    "queue_late",
    "A job has waited {seconds} s for a worker.",
    "Start more workers, or look in the log what those that run are busy with.",
)
REFUSED = Problem(
    "queue",
    "refused",
    "Slack refused {count} of our messages, the last one ({kind}) with: {error}.",
    "{advice} Then try them again on the page /operations/.",
    WARNING,
)
REMINDERS_LATE = Problem(
    "reminders",
    "reminders_late",
    "{count} reminders are due, the first for {seconds} s.",
    "Start a worker; when one runs, look in the log for look_for_reminders.",
)

ALL: list[Problem] = [value for value in list(globals().values()) if isinstance(value, Problem)]
