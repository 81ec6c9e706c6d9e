"""The codes by which auto-replies travel in packs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnphrase.formats.autoreply_group import ReplyCode
from qnphrase.formats.autoreply_group import parse
from qnphrase.formats.autoreply_group import trigger_word
from qnphrase.model import MAX_THRESHOLD
from qnphrase.model import Trigger

WORDS = st.sampled_from(["首次", "忙碌", "离开"]) | st.integers(1, MAX_THRESHOLD).map("超{}人".format)
CODES = st.builds(ReplyCode, WORDS, st.integers(1, 999_999), st.booleans(), st.text(max_size=4))


@given(CODES)
def test_a_code_says_what_it_was_written_for(code):
    assert parse(code.written) == code


@given(st.sampled_from(Trigger), st.integers(1, MAX_THRESHOLD))
def test_triggers(when, threshold):
    wanted = threshold if when is Trigger.CONTACTS_OVER else None
    found = parse(trigger_word(when, wanted))
    assert (found.when, found.threshold) == (when, wanted)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "hy",
        "首次 ",
        "首次-1",
        "首次-0",
        "首次-02",
        "首次-",
        "超人",
        "超0人",
        "超030人",
        "超10000人",
        "停用",
        "停用-",
        "首次→",
    ],
)
def test_other_codes(code):
    assert parse(code) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("首次", ReplyCode("首次", 1, enabled=True, phrase="")),
        ("停用-忙碌-2", ReplyCode("忙碌", 2, enabled=False, phrase="")),
        ("超30人-10→hy", ReplyCode("超30人", 10, enabled=True, phrase="hy")),
        ("离开→忙碌-2", ReplyCode("离开", 1, enabled=True, phrase="忙碌-2")),
        ("离开→a\nb→c", ReplyCode("离开", 1, enabled=True, phrase="a\nb→c")),
    ],
)
def test_codes(written, code):
    assert parse(written) == code
    assert code.written == written
