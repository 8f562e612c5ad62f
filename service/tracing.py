"""OpenTelemetry traces, sent where the standard variables say; without them nothing is recorded or sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from opentelemetry import trace

from service import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

tracer = trace.get_tracer("counterpull", __version__)
"""Makes spans; they cost next to nothing while tracing is not configured."""


def configure_tracing(environment: Mapping[str, str] = os.environ) -> Callable[[], None]:
    """Send the spans of this process over OTLP/HTTP when an endpoint is named; returns what sends the last of them."""
    if not any(environment.get(name) for name in ENDPOINTS) or environment.get("OTEL_SDK_DISABLED") == "true":
        return lambda: None
    # Loaded only here: who does not trace does not wait for it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = environment.get("OTEL_SERVICE_NAME", "counterpull")
    provider = TracerProvider(resource=Resource.create({"service.name": name, "service.version": __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider.shutdown
