# One image for every process of Response: web, worker, socket, migrate, and the demo.
#
#   docker build --tag response .
#   docker run --rm --read-only --tmpfs /tmp --env-file .env --publish 127.0.0.1:8000:8000 response

FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/response \
    && /opt/response/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/response/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && /opt/response/bin/python -m compileall -q /opt/response/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Response" \
      org.opencontainers.image.description="Run incidents from Slack" \
      org.opencontainers.image.licenses="MIT"
# An account without a home or a shell. /data is the demo's, and that of the embedded PostgreSQL.
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin response \
    && install --directory --owner=response --group=response /data /app
COPY --from=build /opt/response /opt/response
ENV PATH="/opt/response/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RESPONSE_DATA_DIR=/data
USER 10001
# Plugins are looked for in /app/plugins, and .env in /app.
WORKDIR /app
VOLUME ["/data"]
EXPOSE 8000
# Of the web process; the others have no port, and are watched by what they do (`response doctor`).
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["response"]
CMD ["web", "--bind", "0.0.0.0:8000"]
