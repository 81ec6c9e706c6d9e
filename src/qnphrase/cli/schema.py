"""`qnphrase schema`: the JSON Schema of the YAML book or of the configuration, for editors and for other programs."""

from typing import Annotated

import typer

from qnphrase.cli.output import write_json
from qnphrase.language import _


def command(
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=_("文件"), help=_("写到文件，不写就打印"))
    ] = None,
    config: Annotated[bool, typer.Option("--config", help=_("配置文件 qnphrase.yaml 的，不是短语本的"))] = False,
) -> None:
    """Print the schema."""
    if config:
        from qnphrase.lint.config import config_schema as schema_of
    else:
        from qnphrase.formats.yaml.schema import book_schema as schema_of

    if output is None or output == "-":
        write_json(schema_of())
        return
    import json

    from qnphrase.document.replace import replace_file

    replace_file(output, json.dumps(schema_of(), ensure_ascii=False, indent=2).encode() + b"\n")


command.__doc__ = _("打印短语本（或配置文件）的 JSON Schema（2020-12），编辑器可以用它补全和检查。")
