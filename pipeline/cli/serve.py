"""``jishen serve``: the reviewers' desk in a browser."""

from typing import Annotated

import typer

from pipeline.cli.app import Workers, Workspace, app, desk_of, say, settings_of


@app.command()
def serve(
    workspace: Workspace = None,
    host: Annotated[str, typer.Option("--host", help="在哪个地址上提供服务")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8300,
    workers: Workers = None,
) -> None:
    """打开复核台：网页里排队、核对、决定。只用本机，不连外网。"""
    import uvicorn

    from pipeline.web.app import application

    settings = settings_of(workspace, workers)
    with desk_of(settings) as desk:
        desk.audit.note_head(settings.workspace / "audit-heads.txt")
        link = desk.people.first_login_link()
        say.print(f"复核台：http://{host}:{port}/", highlight=False)
        if link is not None:
            say.print(
                f"第一次使用，请打开 http://{host}:{port}/first?link={link} 建立管理员账号（24小时内有效，只能用一次）。",
                highlight=False,
                soft_wrap=True,
            )
        say.print("按 Ctrl+C 停止。")
        uvicorn.run(application(desk), host=host, port=port, log_level="warning", server_header=False)
