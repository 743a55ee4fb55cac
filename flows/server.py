"""Prefect's API as a process of its own, which ends with the process that started it.

Started by ``flows.local`` as ``python -m flows.server PORT``; the end of standard input says that the parent is gone,
however it died.
"""

import os
import sys
import threading


def main() -> None:
    import uvicorn
    from prefect.server.api.server import create_app

    def watch() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    uvicorn.run(create_app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()
