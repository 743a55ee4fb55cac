"""Prefect flows: names, retries, schedules and concurrency; no logic about reports.

Prefect reads its settings when it is imported: ``flows.local.run`` sets them, starts a server of its own where none is
configured, and only then imports the flows.
"""
