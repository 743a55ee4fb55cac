"""Where the workspace lies and how much of the machine may be used; every value can come from ``JISHEN_…``."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JISHEN_", frozen=True)

    home: Path = Field(default=Path("~/.jishen"), description="工作目录：数据库、收到的文件和索引都在这里")
    database: str = Field(default="", description="数据库地址；空则用工作目录下的 SQLite")
    workers: int = Field(default=min(os.cpu_count() or 1, 8), ge=1, le=256, description="同时审阅的进程数")
    task_runner: Literal["threads", "processes"] = Field(
        default="threads", description="批处理的任务用线程还是进程运行"
    )
    timeout: float = Field(default=60.0, gt=0, description="一份报告最多用多少秒")

    @property
    def workspace(self) -> Path:
        return self.home.expanduser().absolute()

    @property
    def files(self) -> Path:
        return self.workspace / "files"

    @property
    def index(self) -> Path:
        return self.workspace / "reuse"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.workspace / 'jishen.sqlite3'}"
