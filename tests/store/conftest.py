from tests.databases import cluster, postgres_url, url

__all__ = ["cluster", "postgres_url", "url"]
