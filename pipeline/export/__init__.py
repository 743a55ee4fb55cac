"""What leaves the system as files: the workbook, the page that opens offline, the list of unread files.

Everything is written to a temporary file beside its place and moved there when complete, and everything is streamed:
memory does not grow with the number of reports.
"""
