"""`tandem serve`: the web."""

from dataclasses import replace

import click

from webapp.commands.opening import opened


@click.command()
@click.option("--host", help="Address to answer at [TANDEM_HOST, default 127.0.0.1].")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to answer at [TANDEM_PORT, default 8000].")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Server processes [TANDEM_WEB_PROCESSES, default 2]."
)
def serve(host: str | None, port: int | None, processes: int | None) -> None:
    """Answer browsers and programs until stopped."""
    from models.database import var_folder
    from webapp import bundles, catalogues, server
    from webapp.settings import find_secret_key, from_environment

    settings = from_environment(secret_key=find_secret_key(var_folder()))
    settings = replace(
        settings,
        host=host or settings.host,
        port=port or settings.port,
        processes=processes or settings.processes,
    )
    server.refuse_taken_port(settings)
    bundles.bring_up_to_date()
    catalogues.bring_up_to_date()
    # Held open here, so that an embedded database stays while server processes come and go.
    with opened("serve") as database:
        database.engine.dispose()  # The server processes are forked off and must not share connections.
        server.serve(settings, when_ready=lambda: click.echo(f"Tandem answers at {server.address(settings)}"))
