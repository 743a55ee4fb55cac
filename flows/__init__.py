"""Prefect flows: names, retries, schedules and concurrency; no logic about reports."""
