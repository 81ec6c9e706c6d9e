"""The promise, on random files and random changes: what was not edited stays, what was wanted is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import note
from hypothesis import strategies as st

from qnphrase.errors import PackSyntaxError
from qnphrase.errors import UnrepresentableError
from qnphrase.formats.xml.reader import Walk
from qnphrase.model import AutoReply
from qnphrase.model import Group
from qnphrase.model import Phrase
from qnphrase.model import Phrasebook
from qnphrase.model import Trigger


class Editor:
    """Changes a book at random, within what a file carries."""

    def __init__(self, draw, reading, samples) -> None:
        self.draw = draw
        self.samples = samples
        self.carries = reading.carries
        book = reading.book()
        self.groups = [(group.name, list(group.phrases)) for group in book.groups]
        self.loose = list(book.phrases)
        self.replies = list(book.auto_replies)

    def index(self, items, *, end: int = 0) -> int:
        return self.draw(st.integers(0, len(items) - 1 + end))

    def phrase(self) -> Phrase:
        names = ["登记日期", "new name", 'a"<'] if self.carries.extras is None else sorted(self.carries.extras)
        said = [extra for extra in self.samples["extras"] if extra]
        extra = {name: self.draw(st.sampled_from(said)) for name in names if self.draw(st.integers(0, 2)) == 0}
        code = self.draw(st.sampled_from(self.samples["codes"])) if self.carries.codes else ""
        return Phrase(code=code, text=self.draw(st.sampled_from(self.samples["texts"])), extra=extra)

    def lists(self) -> list[list[Phrase]]:
        return [*(phrases for _name, phrases in self.groups), self.loose]

    def a_list(self, *, filled: bool = True) -> list[Phrase] | None:
        lists = [phrases for phrases in self.lists() if phrases or not filled]
        return self.draw(st.sampled_from(lists)) if lists else None

    def change(self) -> None:
        phrases = self.a_list()
        if phrases:
            at, other = self.index(phrases), self.phrase()
            said = {"code": phrases[at].code, "text": phrases[at].text, "extra": phrases[at].extra}
            name = self.draw(st.sampled_from(("code", "text", "extra")))
            said[name] = getattr(other, name)
            phrases[at] = Phrase(**said) if any(said.values()) else other

    def insert(self) -> None:
        phrases = self.a_list(filled=False) if self.carries.groups else self.loose
        phrases.insert(self.index(phrases, end=1), self.phrase())

    def delete(self) -> None:
        phrases = self.a_list()
        if phrases:
            phrases.pop(self.index(phrases))

    def move(self) -> None:
        phrases = self.a_list()
        if phrases:
            phrase = phrases.pop(self.index(phrases))
            phrases = self.a_list(filled=False) if self.draw(st.booleans()) else phrases
            phrases.insert(self.index(phrases, end=1), phrase)

    def _new_name(self) -> str | None:
        name = self.draw(st.sampled_from(("新组", "A&B", *(group for group in self.samples["groups"] if group))))
        return None if name in [known for known, _phrases in self.groups] else name

    def rename(self) -> None:
        name = self._new_name()
        if name and self.groups:
            at = self.index(self.groups)
            self.groups[at] = name, self.groups[at][1]

    def add_group(self) -> None:
        name = self._new_name()
        if name and self.carries.groups:
            phrases = [self.phrase() for _ in range(self.draw(st.integers(0, 2)))]
            self.groups.insert(self.index(self.groups, end=1), (name, phrases))

    def delete_group(self) -> None:
        if self.groups:
            self.groups.pop(self.index(self.groups))

    def empty_group(self) -> None:
        if self.groups:
            self.groups[self.index(self.groups)][1].clear()

    def reorder(self) -> None:
        if self.groups:
            group = self.groups.pop(self.index(self.groups))
            self.groups.insert(self.index(self.groups, end=1), group)

    def reply(self) -> None:
        if self.carries.groups and self.carries.codes:
            when = self.draw(st.sampled_from(tuple(Trigger)))
            threshold = 30 if when is Trigger.CONTACTS_OVER else None
            reply = AutoReply(when=when, threshold=threshold, text=self.draw(st.sampled_from(self.samples["texts"])))
            self.replies.insert(self.index(self.replies, end=1), reply)

    def drop_reply(self) -> None:
        if self.replies:
            self.replies.pop(self.index(self.replies))

    def book(self) -> Phrasebook:
        steps = (self.change, self.change, self.insert, self.delete, self.move, self.rename, self.add_group)
        steps += (self.delete_group, self.empty_group, self.reorder, self.reply, self.drop_reply)
        for _ in range(self.draw(st.integers(0, 4))):
            self.draw(st.sampled_from(steps))()
        groups = tuple(Group(name=name, phrases=tuple(phrases)) for name, phrases in self.groups)
        return Phrasebook(groups=groups, phrases=tuple(self.loose), auto_replies=tuple(self.replies))


def readable(text, read_text):
    try:
        return read_text(text)
    except PackSyntaxError as error:
        if "看不出" not in error.what:  # a random file may hold no phrase at all
            raise
        return None


@given(data=st.data())
def test_the_edited_file_holds_the_wanted_book(xml_files, read_text, samples, data):
    reading = readable(data.draw(xml_files()), read_text)
    if reading is None:
        return
    wanted = Editor(data.draw, reading, samples).book()
    try:
        edits = reading.edits(wanted)
    except UnrepresentableError as error:
        # A phrase and an auto-reply of one code; or a file that, with hardly a phrase left, could be anything.
        if "看不出" in error.what and any(True for _phrase in wanted.all_phrases()):
            assert "<node" in reading.document.text
        return
    new = reading.document.edited(edits)
    note(new.text)
    assert read_text(new.text).book() == wanted
    if wanted == reading.book():
        assert edits == []


@given(data=st.data())
def test_reading_in_bulk_says_what_walking_says(xml_files, read_text, data):
    reading = readable(data.draw(xml_files()), read_text)
    if reading is None:
        return
    text = reading.document.text
    walked = Walk(text, reading.shape, use_layouts=False).records()
    assert walked.rows == reading.rows
    assert walked.extras == reading.extras
    records = [text[start:end].lstrip(" \n\r") for start, end in zip(reading.row_starts, reading.row_ends, strict=True)]
    assert [text[start:end] for start, end in zip(walked.starts, walked.ends, strict=True)] == records


@given(data=st.data())
def test_a_mapping_reads_the_same_and_keeps_the_promise(xml_files, read_text, samples, data):
    detected = readable(data.draw(xml_files()), read_text)
    if detected is None or detected.shape.is_nested:
        return  # a mapping takes any element around a record that has the name, so it may see more groups
    reading = read_text(detected.document.text, mapping=detected.shape.mapping)
    assert reading.rows == detected.rows
    wanted = Editor(data.draw, reading, samples).book()
    try:
        edits = reading.edits(wanted)
    except UnrepresentableError:
        return
    new = reading.document.edited(edits)
    assert read_text(new.text, mapping=detected.shape.mapping).book() == wanted


@given(data=st.data())
def test_all_can_go_and_come_back(xml_files, read_text, data):
    reading = readable(data.draw(xml_files()), read_text)
    if reading is None:
        return
    try:
        emptied = reading.document.edited(reading.edits(Phrasebook()))
    except UnrepresentableError as error:
        if "看不出" not in error.what:  # what is left is no phrase, but some other text
            raise
        return
    assert read_text(emptied.text).book() == Phrasebook()


@pytest.mark.parametrize("depth", [250, 255])
def test_deep_files_are_read(read_text, depth):
    text = "<d>" * depth + '<item content="您好"/>' + "</d>" * depth
    assert [row.text for row in read_text(text).rows] == ["您好"]
