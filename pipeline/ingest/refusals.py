"""Why a file is not read, each as a code and a Chinese sentence: what, where, what to do."""

import errno
import re
from pathlib import Path

from pipeline.errors import UnreadableReport

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of the largest file that is opened; reports full of photographs stay well below."""

_SURROGATE = re.compile("[\udc80-\udcff]")
_SENTENCES = {
    "legacy-doc": "《{name}》是旧版 Word（.doc）或 WPS 文字（.wps）文件，暂不能读取。请用 Word 或 WPS 打开后另存为 .docx 再提交。",
    "encrypted": "《{name}》设有打开密码，不能读取。请用 Word 或 WPS 打开，取消密码并保存后再提交。",
    "damaged": "《{name}》已损坏或不完整（{detail}），不能读取。请确认文件能用 Word 或 WPS 正常打开，另存为 .docx 后再提交。",
    "pdf": "《{name}》是 PDF 文件，不能读取。请提交导出 PDF 之前的 Word（.docx）文件。",
    "rtf": "《{name}》是 RTF 文件，暂不能读取。请用 Word 或 WPS 打开后另存为 .docx 再提交。",
    "html": "《{name}》是网页文件，暂不能读取。请用 Word 或 WPS 打开后另存为 .docx 再提交。",
    "spreadsheet": "《{name}》是电子表格，不是文字报告，未读取。请提交 Word（.docx）格式的自评报告。",
    "presentation": "《{name}》是演示文稿，不是文字报告，未读取。请提交 Word（.docx）格式的自评报告。",
    "too-large": "《{name}》过大（{detail}），超出一份自评报告的合理范围，未读取。请检查文件内容，压缩图片或拆分后再提交。",
    "empty": "《{name}》没有任何文字，无可审阅。请确认提交的是填写好的报告。",
    "pictures-only": "《{name}》只有图片，没有文字，可能是扫描件。请提交可编辑的 Word（.docx）文件。",
    "unknown-type": "《{name}》{detail}，不能作为报告读取。请提交 Word（.docx）或纯文本（.txt）文件。",
    "no-access": "《{name}》{detail}，不能读取。请检查文件是否存在、是否有读取权限后再试。",
}


def refusal(code: str, name: str, detail: str = "") -> UnreadableReport:
    """The refusal ``code`` of the file called ``name``; ``detail`` fills in what the sentence leaves open."""
    return UnreadableReport(code, _SENTENCES[code].format(name=name, detail=detail))


def too_large(name: str) -> UnreadableReport:
    """The refusal of a file of more than ``LARGEST_FILE`` bytes."""
    return refusal("too-large", readable_name(name), f"文件超过 {LARGEST_FILE // 1024 // 1024} MB")


def no_access(path: Path, error: OSError) -> UnreadableReport:
    """The refusal of a file that the system does not hand out."""
    if isinstance(error, FileNotFoundError):
        detail = "已不存在"
    elif isinstance(error, PermissionError):
        detail = "没有读取权限"
    elif isinstance(error, IsADirectoryError):
        detail = "是文件夹，不是文件"
    elif error.errno == errno.EINVAL:
        detail = "不是普通文件"
    else:
        detail = "读取时出错"
    return refusal("no-access", readable_name(path.name or str(path)), detail)


def readable_name(name: str) -> str:
    """``name`` fit for a sentence and for UTF-8.

    Archives packed on a Chinese Windows unpack elsewhere to names whose bytes are GB18030; Python hands those out as
    lone surrogates.
    """
    if not _SURROGATE.search(name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
