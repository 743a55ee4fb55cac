"""Many reports with each other and with nothing else: nothing is reviewed, nothing is stored."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import artifacts, ingest, reuse
from pipeline.desk.crashes import failure_of
from pipeline.errors import WrongUsage
from pipeline.pool import Crash, Pool
from pipeline.records import Failure
from pipeline.settings import Settings
from pipeline.worker import read_file


@dataclass(slots=True)
class Comparison:
    """A comparison under way: ``failures`` are the files that could not be read so far."""

    files: list[Path]
    settings: Settings
    failures: list[Failure] = field(default_factory=list)

    @classmethod
    def of(cls, paths: Sequence[Path], settings: Settings) -> "Comparison":
        """Of the files among ``paths`` and in the folders there. Raises WrongUsage where there is none."""
        files = ingest.find(paths)
        if not files:
            raise WrongUsage(f"“{'、'.join(map(str, paths))}”里没有可比对的文件。请指定报告文件，或放有报告的文件夹。")
        return cls(files, settings)

    def lines(self, taken: Callable[[], None] = lambda: None) -> Iterator[str]:
        """A line of JSON for each passage that two reports share, in the form of the contract.

        ``taken`` is called for each file once it is read.
        """
        with TemporaryDirectory(prefix="jishen-") as scratch:
            for pair in reuse.compare(self._documents(taken), artifacts.labels(), Path(scratch)):
                yield json.dumps(
                    {
                        "a": {"report": pair.a.name, "text": pair.a.text},
                        "b": {"report": pair.b.name, "text": pair.b.text},
                        "length": pair.length,
                        "similarity": pair.similarity,
                        "kind": pair.kind,
                        "reason": pair.reason,
                        "figures_only": pair.figures_only,
                        "count": pair.count,
                    },
                    ensure_ascii=False,
                )

    def _documents(self, taken: Callable[[], None]) -> Iterator[reuse.Document]:
        for file, read in zip(self.files, self._read(), strict=True):
            taken()
            if isinstance(read, reuse.Document):
                yield read
            else:
                self.failures.append(read if isinstance(read, Failure) else self._crashed(file, read))

    def _read(self) -> Iterator[reuse.Document | Failure | Crash]:
        """In the order of the files, so that the same files give the same lines."""
        early: dict[Path, reuse.Document | Failure | Crash] = {}
        with Pool(read_file, self.settings.workers, self.settings.timeout) as pool:
            done = pool.run(self.files)
            for file in self.files:
                while file not in early:
                    other, result = next(done)
                    early[other] = result
                yield early.pop(file)

    def _crashed(self, file: Path, crash: Crash) -> Failure:
        return failure_of(crash, str(file), file.name, self.settings.timeout)
