"""How a worker finds its next job (docs/decisions/fetching.md has the figures).

Procrastinate's own function looks at every job that waits in front of the one it takes: with thousands behind one lane
that is a sequential walk for each job. This one looks at the oldest few, and then at the lanes instead of their jobs.
"""

from django.db import migrations

INDEXES = """
    CREATE INDEX response_jobs_in_lane ON procrastinate_jobs (lock, priority DESC, id) WHERE status IN ('todo', 'doing');
    CREATE INDEX response_lanes ON procrastinate_jobs (priority, lock, id) WHERE status = 'todo';
"""

TAKE = """
    CREATE FUNCTION response_lock_if_free(p_id bigint, p_queues varchar[]) RETURNS bigint LANGUAGE sql AS $$
        -- Lock a job and return its id, if it may start now: it is due, and nothing of its lane runs or goes first.
        SELECT job.id FROM procrastinate_jobs AS job
        WHERE job.id = p_id
            AND job.status = 'todo'
            AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
            AND (p_queues IS NULL OR job.queue_name = ANY(p_queues))
            AND NOT EXISTS (
                SELECT FROM procrastinate_jobs AS other WHERE other.lock = job.lock AND other.status = 'doing'
            )
            AND job.id = coalesce(
                (
                    SELECT other.id FROM procrastinate_jobs AS other
                    WHERE other.lock = job.lock AND other.status IN ('todo', 'doing')
                    ORDER BY other.lock, other.priority DESC, other.id LIMIT 1
                ),
                job.id
            )
        FOR UPDATE OF job SKIP LOCKED
    $$;
"""

FETCH = """
    CREATE FUNCTION response_fetch_job(p_queues varchar[], p_worker_id bigint) RETURNS procrastinate_jobs
    LANGUAGE plpgsql AS $$
    DECLARE
        oldest CONSTANT integer := 50;  -- jobs looked at in the order of their coming
        lanes CONSTANT integer := 300;  -- lanes looked at when none of those may start
        level integer;
        candidate bigint;
        taken bigint;
        looked integer;
        lane varchar;
        begun_at varchar;
        has_wrapped boolean;
        lowest bigint;
        highest bigint;
        fetched procrastinate_jobs;
    BEGIN
        SELECT priority INTO level FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id LIMIT 1;
        <<levels>>
        WHILE level IS NOT NULL LOOP
            looked := 0;
            FOR candidate IN
                SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND priority = level
                ORDER BY priority DESC, id LIMIT oldest
            LOOP
                looked := looked + 1;
                taken := response_lock_if_free(candidate, p_queues);
                EXIT levels WHEN taken IS NOT NULL;
            END LOOP;
            IF looked = oldest THEN
                SELECT id INTO candidate FROM procrastinate_jobs
                    WHERE status = 'todo' AND priority = level AND lock IS NULL
                    ORDER BY priority, lock, id LIMIT 1;
                taken := response_lock_if_free(candidate, p_queues);
                EXIT levels WHEN taken IS NOT NULL;
                -- From a lane somewhere among them, so that each has its turn, and round to it again.
                SELECT id INTO lowest FROM procrastinate_jobs
                    WHERE status = 'todo' AND priority = level ORDER BY priority DESC, id LIMIT 1;
                SELECT id INTO highest FROM procrastinate_jobs
                    WHERE status = 'todo' AND priority = level ORDER BY priority, id DESC LIMIT 1;
                candidate := lowest + floor(random() * (highest - lowest));
                SELECT lock INTO begun_at FROM procrastinate_jobs
                    WHERE status = 'todo' AND priority = level AND id >= candidate ORDER BY priority DESC, id LIMIT 1;
                lane := begun_at;
                looked := 0;
                has_wrapped := false;
                WHILE lane IS NOT NULL AND looked < lanes LOOP
                    looked := looked + 1;
                    SELECT id INTO candidate FROM procrastinate_jobs
                        WHERE status = 'todo' AND priority = level AND lock = lane
                        ORDER BY priority, lock, id LIMIT 1;
                    taken := response_lock_if_free(candidate, p_queues);
                    EXIT levels WHEN taken IS NOT NULL;
                    SELECT lock INTO lane FROM procrastinate_jobs
                        WHERE status = 'todo' AND priority = level AND lock > lane
                        ORDER BY priority, lock, id LIMIT 1;
                    IF lane IS NULL AND NOT has_wrapped THEN
                        has_wrapped := true;
                        SELECT lock INTO lane FROM procrastinate_jobs
                            WHERE status = 'todo' AND priority = level ORDER BY priority, lock, id LIMIT 1;
                    END IF;
                    EXIT WHEN has_wrapped AND lane >= begun_at;
                END LOOP;
            END IF;
            SELECT priority INTO level FROM procrastinate_jobs
                WHERE status = 'todo' AND priority < level ORDER BY priority DESC, id LIMIT 1;
        END LOOP;
        BEGIN
            UPDATE procrastinate_jobs SET status = 'doing', worker_id = p_worker_id
                WHERE id = taken RETURNING * INTO fetched;
        EXCEPTION WHEN unique_violation THEN
            RETURN NULL;  -- another worker took an urgent job of the same lane in the same moment
        END;
        RETURN fetched;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("response", "0004_hooks_and_proposals"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(INDEXES, "DROP INDEX response_jobs_in_lane; DROP INDEX response_lanes;"),
        migrations.RunSQL(TAKE, "DROP FUNCTION response_lock_if_free(bigint, varchar[]);"),
        migrations.RunSQL(FETCH, "DROP FUNCTION response_fetch_job(varchar[], bigint);"),
    ]
