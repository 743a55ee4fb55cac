"""Claims: first placeholder until prose and tables land."""


def extract(report, sections):  # type: ignore
    return ()


def of_text(text):  # type: ignore
    return []
