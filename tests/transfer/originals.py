"""Databases of the original with data in them, built from the description of its models.

Two schemas: that of May 2019 (apps `core` and `slack`, people as Slack ids), and that of its last release, 0.5.1
(one app, people in a table). Times are UTC without a zone, as the original kept them.
"""

SEED = """
CREATE TABLE core_incident (
    id serial PRIMARY KEY, report varchar(200) NOT NULL, reporter varchar(50) NOT NULL, report_time timestamp NOT NULL,
    start_time timestamp NOT NULL, end_time timestamp, summary text, impact text, lead varchar(50), severity varchar(10)
);
CREATE TABLE slack_commschannel (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES core_incident, channel_id varchar(20) NOT NULL
);
CREATE TABLE slack_headlinepost (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES core_incident, message_ts varchar(20),
    comms_channel_id integer UNIQUE
);
CREATE TABLE slack_notification (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES core_incident, key varchar(30) NOT NULL,
    time timestamp NOT NULL, repeat_count integer NOT NULL, completed boolean NOT NULL
);
CREATE TABLE slack_pinnedmessage (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES core_incident, author_id varchar(50) NOT NULL,
    message_ts varchar(50) NOT NULL, text text NOT NULL, timestamp timestamp NOT NULL
);
CREATE TABLE slack_userstats (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES core_incident, user_id varchar(50) NOT NULL,
    join_time timestamp, message_count integer NOT NULL
);
INSERT INTO core_incident (report, reporter, report_time, start_time, end_time, summary, impact, lead, severity) VALUES
    ('Payments are failing & <@U2> knows', 'U1', '2019-05-19 10:02:03.5', '2019-05-19 10:00', '2019-05-19 11:00',
     'It was the *certificate*', 'Everybody', 'U2', '2'),
    ('Mail is late', 'U2', '2019-05-20 08:00', '2019-05-20 08:00', NULL, NULL, '', '', NULL);
INSERT INTO slack_commschannel (incident_id, channel_id) VALUES (1, 'C101'), (2, 'C102');
INSERT INTO slack_headlinepost (incident_id, message_ts, comms_channel_id) VALUES
    (1, '1558260123.000100', 1), (2, NULL, 2);
INSERT INTO slack_notification (incident_id, key, time, repeat_count, completed) VALUES
    (2, 'remind_severity', '2019-05-20 08:10', 1, false);
INSERT INTO slack_pinnedmessage (incident_id, author_id, message_ts, text, timestamp) VALUES
    (1, 'U2', '1558260300.000200', 'Found it: <https://example.org|the certificate>', '2019-05-19 10:05'),
    (1, 'U1', '1558260600.000300', 'It is over :tada:', '2019-05-19 10:10');
INSERT INTO slack_userstats (incident_id, user_id, join_time, message_count) VALUES
    (1, 'U1', '2019-05-19 10:03', 7), (1, 'U2', NULL, 3);
"""

LAST = """
CREATE TABLE response_externaluser (
    id serial PRIMARY KEY, owner_id integer, app_id varchar(50) NOT NULL, external_id varchar(50) NOT NULL,
    display_name varchar(50) NOT NULL, full_name varchar(50), email varchar(100), deleted boolean NOT NULL,
    UNIQUE (owner_id, app_id, external_id)
);
CREATE TABLE response_incident (
    id serial PRIMARY KEY, report varchar(200) NOT NULL, reporter_id integer REFERENCES response_externaluser,
    report_time timestamptz NOT NULL, report_only boolean NOT NULL, private boolean NOT NULL,
    start_time timestamptz NOT NULL, end_time timestamptz, summary text, impact text,
    lead_id integer REFERENCES response_externaluser, severity varchar(10)
);
CREATE TABLE response_commschannel (
    id serial PRIMARY KEY, incident_id integer NOT NULL UNIQUE REFERENCES response_incident,
    channel_id varchar(20) NOT NULL, channel_name varchar(80)
);
CREATE TABLE response_headlinepost (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES response_incident, message_ts varchar(20),
    comms_channel_id integer UNIQUE
);
CREATE TABLE response_notification (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES response_incident, key varchar(30) NOT NULL,
    time timestamptz NOT NULL, repeat_count integer NOT NULL, completed boolean NOT NULL
);
CREATE TABLE response_timelineevent (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES response_incident, timestamp timestamptz NOT NULL,
    text text NOT NULL, event_type varchar(100) NOT NULL, metadata jsonb
);
CREATE TABLE response_pinnedmessage (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES response_incident,
    author_id integer REFERENCES response_externaluser, message_ts varchar(50) NOT NULL, text text NOT NULL,
    timestamp timestamptz NOT NULL, timeline_event_id integer REFERENCES response_timelineevent
);
CREATE TABLE response_userstats (
    id serial PRIMARY KEY, incident_id integer NOT NULL REFERENCES response_incident,
    user_id integer REFERENCES response_externaluser, join_time timestamptz, message_count integer NOT NULL
);
CREATE TABLE response_action (
    id serial PRIMARY KEY, created_date timestamptz NOT NULL, details text NOT NULL, done boolean NOT NULL,
    done_date timestamptz, due_date timestamptz, incident_id integer NOT NULL REFERENCES response_incident,
    user_id integer REFERENCES response_externaluser, priority varchar(10), type varchar(10)
);
CREATE TABLE response_event (
    id serial PRIMARY KEY, timestamp timestamptz NOT NULL, event_type varchar(50) NOT NULL, payload text NOT NULL
);
INSERT INTO response_externaluser (owner_id, app_id, external_id, display_name, full_name, email, deleted) VALUES
    (NULL, 'slack', 'U1', 'rae', 'Rae Reporter', 'rae@example.org', false),
    (NULL, 'slack', 'U2', 'lee', 'Lee Leader', NULL, false),
    (7, 'slack', 'U2', 'lee', NULL, 'lee@example.org', false),
    (NULL, 'slack', 'U3', 'gone', 'Gone Away', NULL, true);
INSERT INTO response_incident (report, reporter_id, report_time, report_only, private, start_time, end_time, summary,
    impact, lead_id, severity) VALUES
    ('Payments are failing', 1, '2021-06-08 10:02:03.5Z', false, false, '2021-06-08 10:00Z', '2021-06-08 11:00Z',
     'The <b>queue</b> is full', 'Everybody', 3, '1'),
    ('Mail is late', NULL, '2021-06-08 12:00Z', false, true, '2021-06-08 12:00Z', NULL, NULL, NULL, NULL, NULL),
    ('A cable hangs loose', 2, '2021-06-08 13:00Z', true, false, '2021-06-08 13:00Z', NULL, '', '', 2, 'high');
INSERT INTO response_commschannel (incident_id, channel_id, channel_name) VALUES
    (1, 'C1', 'inc-jun-8-10-02-03'), (2, 'C2', 'inc-jun-8-12-00-00');
INSERT INTO response_headlinepost (incident_id, message_ts, comms_channel_id) VALUES
    (1, '1623146523.000100', 1), (2, '1623153600.000100', 2), (3, '1623157200.000100', NULL);
INSERT INTO response_notification (incident_id, key, time, repeat_count, completed) VALUES
    (2, 'remind_severity', '2021-06-08 12:25Z', 4, false), (2, 'remind_close_incident', '2021-06-09 12:25Z', 0, false);
INSERT INTO response_timelineevent (incident_id, timestamp, text, event_type, metadata) VALUES
    (1, '2021-06-08 10:05Z', 'Severity set to Critical', 'incident_update',
     '{"update_type": "incident_severity", "old_value": null, "new_value": "1"}'),
    (1, '2021-06-08 10:06Z', 'Found it', 'slack_pin',
     '{"author_id": "U2", "message_ts": "1623146760.000200", "channel_id": "C1"}'),
    (1, '2021-06-08 10:07Z', 'We called the vendor', 'text', '{}'),
    (2, '2021-06-08 12:01Z', 'Nothing in the log', 'text', NULL);
INSERT INTO response_pinnedmessage (incident_id, author_id, message_ts, text, timestamp, timeline_event_id) VALUES
    (1, 2, '1623146760.000200', 'Found it', '2021-06-08 10:06Z', 2);
INSERT INTO response_userstats (incident_id, user_id, join_time, message_count) VALUES
    (1, 1, '2021-06-08 10:03Z', 5), (1, 2, '2021-06-08 10:04Z', 3), (1, 3, '2021-06-08 10:02Z', 2), (2, 1, NULL, 1);
INSERT INTO response_action (created_date, details, done, done_date, due_date, incident_id, user_id, priority, type)
VALUES
    ('2021-06-08 10:30Z', 'Renew the certificate in time', true, '2021-06-09 09:00Z',
     '2021-06-15 00:00Z', 1, 2, '1', '2'),
    ('2021-06-08 10:31Z', 'Tell support', false, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO response_event (timestamp, event_type, payload) VALUES ('2021-06-08 10:02Z', 'incident_event', '{}');
"""


def for_sqlite(script: str) -> str:
    """Return the same for SQLite, which knows neither serial nor zones."""
    for ours, theirs in (
        ("serial PRIMARY KEY", "integer PRIMARY KEY AUTOINCREMENT"),
        ("timestamptz", "datetime"),
        ("jsonb", "text"),
        ("Z'", "'"),
    ):
        script = script.replace(ours, theirs)
    return script
