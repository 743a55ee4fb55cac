"""The reviewers' desk in a browser: pages and requests that open on the desk and on nothing else."""
