"""Books laid over each other: what overrides, replaces, removes, adds; and what is refused, with its place."""

from collections.abc import Callable

import pytest

from qnphrase.shops.resolved import Resolved

Resolve = Callable[..., Resolved]


def _codes(resolved: Resolved) -> dict[str, list[str]]:
    return {group.name: [phrase.code for phrase in group.phrases] for group in resolved.book.groups}


def _text(resolved: Resolved, code: str) -> str:
    return next(phrase.text for _group, phrase in resolved.book.all_phrases() if phrase.code == code)


def _replies(resolved: Resolved) -> list[tuple[str, str]]:
    return [(reply.when.value, reply.text) for reply in resolved.book.auto_replies]


def _problems(resolved: Resolved) -> list[str]:
    return list(map(str, resolved.problems))


def test_one_book_is_that_book_filled_in(resolve: Resolve) -> None:
    resolved = resolve()
    assert _codes(resolved) == {"欢迎": ["hy1", "hy2"], "发货": ["fh", ""]}
    assert _text(resolved, "fh") == "48小时内从杭州发出"
    assert (resolved.book.shop, resolved.book.signature) == ("甲", "找晴天")
    assert _problems(resolved) == []


def test_a_code_in_the_same_group_overrides_in_its_place(resolve: Resolve) -> None:
    over = "groups: [{name: 欢迎, phrases: [{code: hy1, text: 欢迎}, {code: hy3, text: 又一句}]}]"
    resolved = resolve(叠=over)
    assert _codes(resolved)["欢迎"] == ["hy1", "hy2", "hy3"]
    assert _text(resolved, "hy1") == "欢迎"
    said = next(said for said in resolved.said if said.text.text == "欢迎")
    assert said.source.place == "叠.yaml:2"
    assert [entry.place for entry in said.source.over] == ["底.yaml:6"]


def test_overriding_twice_remembers_both(resolve: Resolve) -> None:
    over = "groups: [{name: 欢迎, phrases: [{code: hy1, text: 第%s层}]}]"
    resolved = resolve(一=over % 1, 二=over % 2)
    said = next(said for said in resolved.said if said.text.text == "第2层")
    assert [entry.place for entry in said.source.over] == ["一.yaml:2", "底.yaml:6"]


@pytest.mark.parametrize("word", ["hy2", "欢迎/hy2"])
def test_replace_takes_the_place_with_another_code(resolve: Resolve, word: str) -> None:
    resolved = resolve(叠=f"groups: [{{name: 欢迎, phrases: [{{code: zz, text: 新, replace: {word}}}]}}]")
    assert _codes(resolved)["欢迎"] == ["hy1", "zz"]
    assert all(not phrase.replace for _group, phrase in resolved.book.all_phrases())


def test_replace_into_another_group_and_by_the_text(resolve: Resolve) -> None:
    moved = "{code: hy2, text: 搬来, replace: 欢迎/hy2}"
    resolved = resolve(叠=f"groups: [{{name: 发货, phrases: [{moved}, {{text: 换了, replace: 没有编码的一句}}]}}]")
    assert _codes(resolved) == {"欢迎": ["hy1"], "发货": ["fh", "", "hy2"]}
    assert [phrase.text for phrase in resolved.book.groups[1].phrases][1:] == ["换了", "搬来"]


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("hy2", {"欢迎": ["hy1"], "发货": ["fh", ""]}),
        ("发货/fh", {"欢迎": ["hy1", "hy2"], "发货": [""]}),
        ("发货/*", {"欢迎": ["hy1", "hy2"]}),
        ("没有编码的一句", {"欢迎": ["hy1", "hy2"], "发货": ["fh"]}),
    ],
)
def test_removing_by_a_book_or_by_the_shop(resolve: Resolve, word: str, left: dict[str, list[str]]) -> None:
    assert _codes(resolve(叠=f"remove: ['{word}']")) == left
    assert _codes(resolve(shop=f"remove: ['{word}']")) == left


def test_replies_of_a_trigger_belong_together(resolve: Resolve) -> None:
    over = "auto_replies: [{when: away, text: 新的离开}, {when: contacts_over, threshold: 30, text: 人多}]"
    assert _replies(resolve(叠=over)) == [("busy", "稍等"), ("away", "新的离开"), ("contacts_over", "人多")]
    assert _replies(resolve(shop="remove: [自动回复/离开]")) == [("busy", "稍等")]
    assert not _replies(resolve(shop="remove: [自动回复/*]"))
    assert not _replies(resolve(叠="remove: [自动回复/*]"))


def test_dated_replies_go_before_the_others_and_stay(resolve: Resolve) -> None:
    season = "auto_replies: [{when: away, dates: 2026-12-12, text: 双十二}]"
    own = "auto_replies: [{when: away, text: 自己的}]"
    expected = [("busy", "稍等"), ("away", "双十二"), ("away", "自己的")]
    assert _replies(resolve(季=season, 店=own)) == expected
    assert _replies(resolve(店=own, 季=season)) == expected


def test_a_season_gives_the_place_back(resolve: Resolve) -> None:
    season = "groups: [{name: 欢迎, phrases: [{code: hy2, text: 双十二在的, until: 2026-12-12}]}]"
    assert _text(resolve(季=season, today="2026-12-12"), "hy2") == "双十二在的"
    over = resolve(季=season, today="2026-12-13")
    assert _text(over, "hy2") == "在的亲"
    assert [entry.place for entry in over.given_back] == ["季.yaml:2"]


def test_two_phrases_may_change_their_codes(resolve: Resolve) -> None:
    swapped = "{code: hy2, text: 一, replace: hy1}, {code: hy1, text: 二, replace: hy2}"
    resolved = resolve(叠=f"groups: [{{name: 欢迎, phrases: [{swapped}]}}]")
    assert not resolved.problems
    assert _codes(resolved)["欢迎"] == ["hy2", "hy1"]


def test_a_new_group_stands_where_its_book_has_it(resolve: Resolve) -> None:
    resolved = resolve(
        叠="groups: [{name: 欢迎, phrases: []}, {name: 新, phrases: [{code: x, text: 新}]}, {name: 尾, phrases: []}]"
    )
    assert list(_codes(resolved)) == ["欢迎", "新", "尾", "发货"]


@pytest.mark.parametrize(
    ("book", "place", "words"),
    [
        ("remove: [没有]", "叠.yaml:2:10", "没有“没有”"),
        ("groups: [{name: 欢迎, phrases: [{code: a, text: b, replace: hy9}]}]", "叠.yaml:2:", "没有“hy9”"),
        ("groups: [{name: 发货, phrases: [{code: hy1, text: b}]}]", "叠.yaml:2:", "「欢迎」里已经有了（底.yaml:6）"),
        (
            "groups: [{name: 欢迎, phrases: [{code: hy1, text: b}, {code: x, text: c, replace: hy1}]}]",
            "叠.yaml:2:",
            "叠.yaml:2 已经换掉了同一条",
        ),
        (
            "groups: [{name: 欢迎, phrases: [{code: hy2, text: b, replace: hy1}]}]",
            "叠.yaml:2:",
            "编码 hy2 在「欢迎」里已经有了（底.yaml:7）",
        ),
        (
            "groups: [{name: 欢迎, phrases: [{code: a, text: 到{发货城市}}]}]".replace("到{", '"到{').replace(
                "市}", '市}"'
            ),
            "叠.yaml:2:",
            "没有变量 发货城市",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(resolve: Resolve, book: str, place: str, words: str) -> None:
    (problem,) = _problems(resolve(叠=book))
    assert problem.startswith(place)
    assert words in problem


def test_which_of_several_is_not_guessed(resolve: Resolve) -> None:
    twice = "groups:\n- name: 加\n  phrases:\n  - {code: zz, text: 重码}\n  - {code: zz, text: 又一条}\n"
    (problem,) = _problems(resolve(一=twice, 二="groups: [{name: 新, phrases: [{code: x, text: y, replace: zz}]}]"))
    assert problem.startswith("二.yaml:2:")
    assert "有 2 条（一.yaml:5、一.yaml:6）" in problem


def test_a_shop_that_removes_or_gives_for_nothing(resolve: Resolve) -> None:
    problems = _problems(resolve(shop="remove: [没有]"))
    assert [problem.split(": ")[0] for problem in problems] == ["qnphrase.yaml:7:14"]


def test_places_lead_back_into_the_books(resolve: Resolve) -> None:
    resolved = resolve()
    index = next(i for i, subject in enumerate(resolved.subjects()) if subject.code == "fh")
    source, span = resolved.origin(index, "text", 0, 5)
    assert span.of(source.book.pack.document.text) == "{发货时效}"
    source, span = resolved.origin(index, "text", 5, 7)
    assert span.of(source.book.pack.document.text) == "从{发货地}"
    assert [subject.code for subject in resolved.subjects() if subject.kind == "reply"] == ["忙碌", "离开", "离开-2"]
