"""Which roles may ask for what: every route stands here, and what does not is refused."""

from collections.abc import Mapping

from pipeline.records import PersonRole

READERS: frozenset[PersonRole] = frozenset({"reviewer", "lead", "operator", "steward", "auditor", "admin"})
REVIEWERS: frozenset[PersonRole] = frozenset({"reviewer", "lead"})
LEADS: frozenset[PersonRole] = frozenset({"lead"})
OPERATORS: frozenset[PersonRole] = frozenset({"operator", "lead"})
ADMINS: frozenset[PersonRole] = frozenset({"admin"})
AUDITORS: frozenset[PersonRole] = frozenset({"auditor", "lead", "admin"})
# Everybody who is logged in, whatever the role: one's own account.
ANYONE: frozenset[PersonRole] = READERS

OPEN = frozenset({("GET", "/login"), ("POST", "/login"), ("GET", "/first"), ("POST", "/first"), ("GET", "/health")})
"""Asked for without a log-in."""

ALLOWED: Mapping[tuple[str, str], frozenset[PersonRole]] = {
    ("GET", "/"): READERS,
    ("GET", "/reports/{report}"): READERS,
    ("GET", "/reports/{report}/matches/{number}"): READERS,
    ("GET", "/reports/{report}/history"): READERS,
    ("GET", "/reports/{report}/review.json"): READERS,
    ("GET", "/reports/{report}/comments.docx"): REVIEWERS | OPERATORS | {"auditor"},
    ("GET", "/reports/{report}/opinion.docx"): REVIEWERS | OPERATORS | {"auditor"},
    ("GET", "/rules"): READERS,
    ("GET", "/rules/{rule}"): READERS,
    ("GET", "/season"): READERS,
    ("GET", "/batches"): READERS,
    ("GET", "/batches/{batch}/progress"): READERS,
    ("GET", "/api/reports"): READERS,
    ("GET", "/api/openapi.json"): READERS,
    ("POST", "/next"): REVIEWERS,
    ("POST", "/reports/{report}/decide"): REVIEWERS,
    ("POST", "/reports/{report}/undo"): REVIEWERS,
    ("POST", "/reports/{report}/redo"): REVIEWERS,
    ("POST", "/reports/{report}/comment"): REVIEWERS,
    ("POST", "/reports/{report}/missed"): REVIEWERS,
    ("POST", "/reports/{report}/grade"): REVIEWERS,
    ("POST", "/reports/{report}/lease"): REVIEWERS,
    ("POST", "/reports/{report}/take-over"): REVIEWERS,
    ("POST", "/reports/{report}/release"): REVIEWERS,
    ("POST", "/reports/{report}/finish"): REVIEWERS,
    ("POST", "/reports/{report}/send-back"): LEADS,
    ("POST", "/reports/{report}/reopen"): LEADS,
    ("GET", "/upload"): OPERATORS,
    ("POST", "/upload"): OPERATORS,
    ("PUT", "/upload/{batch}"): OPERATORS,
    ("POST", "/upload/{batch}/run"): OPERATORS,
    ("GET", "/people"): ADMINS,
    ("POST", "/people"): ADMINS,
    ("POST", "/people/{person}/roles"): ADMINS,
    ("POST", "/people/{person}/close"): ADMINS,
    ("POST", "/people/{person}/open"): ADMINS,
    ("POST", "/people/{person}/password"): ADMINS,
    ("GET", "/audit"): AUDITORS,
    ("POST", "/audit/verify"): AUDITORS,
    ("GET", "/password"): ANYONE,
    ("POST", "/password"): ANYONE,
    ("POST", "/logout"): ANYONE,
}
