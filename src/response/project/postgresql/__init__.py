"""Django's PostgreSQL backend, with a pool that looks cheaply whether a connection is alive."""
