"""The same examples on every machine, without a clock: a failure here is a failure anywhere."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "footnote",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("footnote")
