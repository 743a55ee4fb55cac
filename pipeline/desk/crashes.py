"""What is said of a file at which a process died."""

from collections.abc import Mapping

from pipeline.pool import Crash
from pipeline.records import Failure

_SENTENCES: Mapping[str, str] = {
    "crashed": "审阅《{name}》时处理程序意外中断。请用 Word 或 WPS 打开确认文件正常、另存后重新提交；仍不行请联系系统维护人员。",
    "timeout": "审阅《{name}》超过了时限（{limit:g} 秒），已跳过。请检查文件是否异常庞大，精简后重新提交。",
    "out-of-memory": "审阅《{name}》占用内存过多，已跳过。请检查文件是否异常庞大，精简后重新提交。",
}


def failure_of(crash: Crash, path: str, name: str, limit: float) -> Failure:
    """``limit``: seconds that a file may take."""
    return Failure(path, crash.code, _SENTENCES[crash.code].format(name=name, limit=limit))
