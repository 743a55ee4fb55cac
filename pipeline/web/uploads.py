"""Files handed in from the browser, and the batches they become."""

import re
import threading
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from pipeline.desk import Desk
from pipeline.errors import JishenError, WrongUsage
from pipeline.web.pages import page
from pipeline.web.security import desk_of, form, person_of

router = APIRouter()
_LARGEST = 100_000_000
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_LONGEST_NAME = 120


@dataclass(slots=True)
class Run:
    """A batch under review. ``failures``: name and sentence of each file that could not be read."""

    total: int
    taken: int = 0
    done: int = 0
    ended: bool = False
    problem: str = ""
    failures: list[tuple[str, str]] = field(default_factory=list)


_runs: dict[int, Run] = {}


@router.get("/upload")
def upload_page(request: Request) -> Response:
    return page(request, "upload.html")


@router.post("/upload")
def begin(request: Request, given: Annotated[dict[str, str], Depends(form)]) -> JSONResponse:
    batch = desk_of(request).queueing.begin(person_of(request), given.get("name", "").strip()[:100] or "网页上传")
    _folder(desk_of(request), batch.id).mkdir(parents=True, exist_ok=True)
    return JSONResponse({"batch": batch.id})


@router.put("/upload/{batch}")
async def put(request: Request, batch: int, name: str) -> JSONResponse:
    """Keeps one file of a batch; its bytes are the body."""
    folder = _folder(desk_of(request), batch)
    if not folder.is_dir():
        raise WrongUsage("没有这个批次。请重新上传。")
    place = _free(folder, name)
    size = 0
    with place.open("wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if size > _LARGEST:
                break
            file.write(chunk)
    if size > _LARGEST:
        place.unlink()
        raise WrongUsage(f"《{place.name}》超过 {_LARGEST // 1_000_000} MB，没有收下。请检查后重新上传。")
    return JSONResponse({"name": place.name, "size": size})


@router.post("/upload/{batch}/run")
def run(request: Request, batch: int) -> JSONResponse:
    """Starts the review of what was uploaded; its progress is told by ``/batches/{batch}/progress``."""
    desk = desk_of(request)
    files = sorted(path for path in _folder(desk, batch).glob("*") if path.is_file())
    if not files:
        raise WrongUsage("这个批次里没有文件。请先上传。")
    if batch in _runs and not _runs[batch].ended:
        raise WrongUsage("这个批次正在审阅。请稍候。")
    _runs[batch] = Run(len(files))
    threading.Thread(target=_review, args=(desk, batch, files, _runs[batch]), daemon=True).start()
    return JSONResponse({"files": len(files)})


@router.get("/batches/{batch}/progress")
def progress(batch: int) -> JSONResponse:
    found = _runs.get(batch)
    if found is None:
        return JSONResponse({"ended": True, "total": 0, "taken": 0, "done": 0, "failures": [], "problem": ""})
    return JSONResponse(
        {
            "ended": found.ended,
            "total": found.total,
            "taken": found.taken,
            "done": found.done,
            "failures": found.failures,
            "problem": found.problem,
        }
    )


@router.get("/batches")
def batches(request: Request) -> Response:
    return page(request, "batches.html", batches=desk_of(request).queueing.batches(), runs=_runs)


def _review(desk: Desk, batch: int, files: list[Path], told: Run) -> None:
    def taken() -> None:
        told.taken += 1

    try:
        for outcome in desk.review_files(files, taken=taken, batch=batch):
            told.done += 1
            if outcome.failure:
                told.failures.append((outcome.path.name, outcome.failure.message))
    except JishenError as error:
        told.problem = str(error)
    finally:
        told.ended = True


def _folder(desk: Desk, batch: int) -> Path:
    return desk.settings.workspace / "uploads" / str(int(batch))


def _free(folder: Path, name: str) -> Path:
    """A place in ``folder`` for a file called ``name``: its last part alone, nothing that names another place."""
    plain = _UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).lstrip(".")[-_LONGEST_NAME:] or "未命名"
    place, number = folder / plain, 1
    while place.exists():
        number += 1
        place = folder / f"{Path(plain).stem}（{number}）{Path(plain).suffix}"
    return place
