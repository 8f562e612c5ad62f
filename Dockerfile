FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements.lock requirements-build.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY catalog catalog
COPY solver solver
COPY service service
RUN /venv/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation . \
    && /venv/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin counterpull \
    && install --directory --owner=counterpull /data
COPY --from=build /venv /venv
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
# The exec form hands SIGTERM to the server itself, so that a stopped container finishes its requests.
ENTRYPOINT ["counterpull"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--database", "/data/counterpull.db"]
