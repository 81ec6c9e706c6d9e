"""Chinese unless the locale plainly says another language, and a whole English catalogue."""

import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from qnphrase import language

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src" / "qnphrase" / "locale" / "en" / "LC_MESSAGES" / "qnphrase.po"
FIELD = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "en"),
        ({"QNPHRASE_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"QNPHRASE_LANG": "en"}, "en"),
    ],
)
def test_language_of_the_environment(environ: dict[str, str], expected: str) -> None:
    assert language.language_of(environ) == expected


def test_the_catalogue_has_every_message_and_nothing_else(messages: ModuleType) -> None:
    known = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    ids = {message.id for message in known if message.id}
    assert ids == {message.id for message in messages.collected() if message.id}, "run `make messages`"
    assert [message.id for message in known if message.id and not message.string] == []


def test_the_compiled_catalogue_is_that_of_the_po(messages: ModuleType) -> None:
    known = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    assert CATALOGUE.with_suffix(".mo").read_bytes() == messages.as_mo(known), "run `make messages`"


def test_translations_fill_the_same_fields_and_hold_no_chinese_of_their_own() -> None:
    for message in read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en"):
        if message.id:
            assert sorted(FIELD.findall(message.id)) == sorted(FIELD.findall(str(message.string))), message.id
            for chinese in re.findall(r"[\u4e00-\u9fff]+", str(message.string)):
                assert chinese in message.id, f"{chinese} is not even in the original"


def test_messages_change_with_the_language() -> None:
    assert language._("已中断") == "已中断"
    language.use_language(language.ENGLISH)
    assert language._("已中断") == "Interrupted"
