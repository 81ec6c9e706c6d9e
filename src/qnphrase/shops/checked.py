"""From the sections of the configuration to shops: inheritance, files, values; everything wrong is named at once."""

import datetime
import os
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from glob import escape
from glob import glob

from qnphrase.configuration import Configuration
from qnphrase.configuration import Mark
from qnphrase.configuration import did_you_mean
from qnphrase.configuration import refused
from qnphrase.formats.table import format_of_suffix
from qnphrase.language import _
from qnphrase.shops.sections import PackSection
from qnphrase.shops.sections import ShopSection
from qnphrase.shops.sections import VariableSection
from qnphrase.shops.shop import Given
from qnphrase.shops.shop import PackForm
from qnphrase.shops.shop import Shop
from qnphrase.shops.shop import Shops
from qnphrase.shops.variables import Blank
from qnphrase.shops.variables import Circle
from qnphrase.shops.variables import Variable
from qnphrase.shops.variables import expanded

_UNFIT = frozenset('\\/:*?"<>|')
_TAKEN_BY_WINDOWS = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)


def shops_of(
    configuration: Configuration,
    shops: Mapping[str, ShopSection],
    variables: Mapping[str, VariableSection],
    *,
    dist: str,
    encoding: str,
    left: frozenset[str],
    today: datetime.date,
) -> Shops:
    """Return the shops that a configuration names. Raises `UsageError` with the place of everything that is wrong.

    `encoding` is that of new packs; `left` are names in braces that stay as they are,
    `today` is the day for which the books are made.
    """
    checked = _Checked(configuration, shops, variables, encoding, left)
    found = {name: checked.shop(name) for name in shops if not checked.is_in_a_circle(name)}
    checked.refuse_shared_files(found)
    checked.refuse_files_in_the_way(found, dist)
    if checked.problems:
        raise refused(dict.fromkeys(checked.problems))
    return Shops(configuration.path, os.path.dirname(configuration.path), dist, checked.variables, found, left, today)


class _Checked:
    def __init__(
        self,
        configuration: Configuration,
        shops: Mapping[str, ShopSection],
        variables: Mapping[str, VariableSection],
        encoding: str,
        left: frozenset[str],
    ) -> None:
        self.problems: list[tuple[Mark, str]] = []
        self._mark = configuration.mark
        self._path = configuration.path
        self._folder = os.path.dirname(configuration.path)
        self._sections = shops
        self._encoding = encoding
        self._left = left
        self.variables = {name: self._variable(name, section) for name, section in variables.items()}

    def _say(self, mark: Mark, message: str) -> None:
        self.problems.append((mark, message))

    def _variable(self, name: str, section: VariableSection) -> Variable:
        mark = self._mark("variables", name)
        variable = Variable(
            name, mark, section.type, section.default, tuple(section.choices), section.max, section.note
        )
        # A fallback that holds other variables can be judged only when a shop has filled them in.
        if section.default is not None and "{" not in section.default and (why := variable.refusal(section.default)):
            self._say(self._mark("variables", name, "default"), why)
        return variable

    def is_in_a_circle(self, name: str) -> bool:
        """Whether a shop extends itself, on whatever way, or one that isn't there; both are said once."""
        trail = [name]
        while (base := self._sections[trail[-1]].extends) is not None:
            mark = self._mark("shops", trail[-1], "extends")
            if base not in self._sections:
                self._say(
                    mark, _("没有叫“{shop}”的店{meant}").format(shop=base, meant=did_you_mean(base, self._sections))
                )
                return True
            if base in trail:
                circle = [*trail[trail.index(base) :], base]
                self._say(mark, _("extends 绕成了一圈：{circle}").format(circle=" → ".join(circle)))
                return True
            trail.append(base)
        return False

    def shop(self, name: str) -> Shop:
        """Return a shop with what it inherits."""
        lineage = list(self._lineage(name))[::-1]  # the one that the others extend comes first
        given = {name: value for shop in lineage for name, value in self._given(shop)}
        packs = next((shop for shop in reversed(lineage) if self._sections[shop].pack), name)
        section = self._sections[name]
        return Shop(
            name=name,
            mark=self._mark("shops", name),
            books=self._books(name, lineage),
            removed=[text for shop in lineage for text in self._texts(shop, "remove")],
            values=self._values(name, given) if section.build else {},
            given=given,
            own=frozenset(section.variables),
            limits={key: limit for shop in lineage for key, limit in self._sections[shop].limits.items()},
            packs=self._packs(name, packs) if section.build else (),
            is_built=section.build,
        )

    def _lineage(self, name: str) -> Iterator[str]:
        at: str | None = name
        while at is not None:
            yield at
            at = self._sections[at].extends

    def _given(self, shop: str) -> Iterator[tuple[str, Given]]:
        for name, text in self._sections[shop].variables.items():
            yield name, Given(text, self._mark("shops", shop, "variables", name))

    def _texts(self, shop: str, key: str) -> list[Given]:
        section = self._sections[shop]
        texts = section.books if key == "books" else section.remove
        is_short = self._mark("shops", shop, key) == self._mark("shops", shop)
        way = ("shops", shop) if is_short else ("shops", shop, key)
        return [Given(text, self._mark(*way, index)) for index, text in enumerate(texts)]

    def _books(self, name: str, lineage: Sequence[str]) -> list[Given]:
        books: dict[str, Given] = {}
        patterns = [text for shop in lineage for text in self._texts(shop, "books")]
        for pattern in patterns:
            paths = self._files(pattern)
            for path in paths:
                known = books.setdefault(os.path.realpath(path), Given(path, pattern.mark))
                if known.mark != pattern.mark:
                    message = _("这本已经用过了（{place}），一本只能叠一次").format(place=known.mark)
                    self._say(pattern.mark, message)
        if not patterns and self._sections[name].build:
            self._say(self._mark("shops", name), _("“{shop}”没有写 books：用哪些短语本？").format(shop=name))
        return list(books.values())

    def _files(self, pattern: Given) -> list[str]:
        """Return the files that a pattern means; a file whose name looks like a pattern is that file."""
        path = os.path.join(self._folder, pattern.text)
        if os.path.isfile(path):
            return [path]
        found = sorted(glob(os.path.join(escape(self._folder), pattern.text), recursive=True))
        found = [path for path in found if os.path.isfile(path) and not self._is_something_else(path)]
        if not found:
            self._say(pattern.mark, _("找不到短语本 {path}").format(path=pattern.text))
        return found

    def _is_something_else(self, path: str) -> bool:
        """Whether a file that a pattern means is no book: the configuration, or the tests of one beside it."""
        return os.path.samefile(path, self._path) or ".replies-test." in os.path.basename(path)

    def _values(self, shop: str, given: Mapping[str, Given]) -> dict[str, str]:
        texts = {name: variable.default for name, variable in self.variables.items() if variable.default is not None}
        try:
            values, wrong = expanded(texts | {name: value.text for name, value in given.items()}, self._left)
        except RecursionError:
            self._say(self._mark("shops", shop, "variables"), _("变量一个套一个，套得太深了"))
            return {}
        marks = {name: variable.mark for name, variable in self.variables.items()}
        marks |= {name: value.mark for name, value in given.items()}
        for name, why in wrong:
            match why:
                case Circle(names):
                    self._say(marks[name], _("变量绕成了一圈：{circle}").format(circle=" → ".join(names)))
                case Blank(missing):
                    self._say(marks[name], _("“{shop}”里没有变量 {name} 的值").format(shop=shop, name=missing))
        unfilled = {name for name, _why in wrong}
        for name, variable in self.variables.items():
            if name in values and name not in unfilled and (refusal := variable.refusal(values[name])):
                self._say(marks[name], _("变量 {name}：{why}").format(name=name, why=refusal))
        return values

    def _packs(self, name: str, owner: str) -> list[PackForm]:
        """Return what a shop is made into; `owner` is the shop whose words for it count."""
        sections = self._sections[owner].pack or [PackSection.model_validate({})]
        way = ("shops", owner, "pack")
        return [
            self._pack(name, section, self._mark(*way, index) if len(sections) > 1 else self._mark(*way))
            for index, section in enumerate(sections)
        ]

    def _pack(self, name: str, section: PackSection, mark: Mark) -> PackForm:
        like = section.like and os.path.join(self._folder, section.like)
        if like and not os.path.isfile(like):
            self._say(mark, _("找不到样例 {path}").format(path=section.like))
        chosen = section.format or format_of_suffix(section.file or like or "") or "csv"
        file = (section.file or f"{{{_SHOP}}}.{chosen}").replace(f"{{{_SHOP}}}", name)
        if chosen == "yaml" or format_of_suffix(file) not in (chosen, None):
            self._say(mark, _("{file} 的扩展名和格式 {format} 对不上").format(file=file, format=chosen))
        if why := _unfit(file):
            self._say(mark, _("文件名 {file} 不行：{why}；请用 file: 另起一个").format(file=file, why=why))
        if section.excel and (like or chosen != "csv"):
            self._say(mark, _("excel 只用于没有样例的 CSV"))
        encoding = section.encoding or (self._encoding if not like and chosen == "csv" else None)
        return PackForm(file.replace("\\", "/"), chosen, encoding, like, section.excel, section.auto_replies, mark)

    def refuse_shared_files(self, shops: Mapping[str, Shop]) -> None:
        """Two packs can't be one file; Windows doesn't tell `A.csv` from `a.csv`."""
        owners: dict[str, str] = {}
        for shop in shops.values():
            for form in shop.packs:
                owner = owners.setdefault(_place(form.file), shop.name)
                if owner != shop.name or sum(one.file == form.file for one in shop.packs) > 1:
                    message = _("“{shop}”和“{other}”都要写成 {file}；请用 file: 分开，里面可以写 {{店名}}")
                    self._say(form.mark, message.format(shop=shop.name, other=owner, file=form.file))

    def refuse_files_in_the_way(self, shops: Mapping[str, Shop], dist: str) -> None:
        """A pack must not be written over what it is made of, nor stand where another one needs a folder."""
        forms = [form for shop in shops.values() for form in shop.packs]
        paths = dict.fromkeys(book.text for shop in shops.values() for book in shop.books)
        paths |= dict.fromkeys(form.like for form in forms if form.like)
        sources = {os.path.realpath(path).casefold(): path for path in paths}
        folder = os.path.realpath(os.path.join(self._folder, dist))
        folders = {_place(parent): one.file for one in forms for parent in _folders(one.file)}
        for form in forms:
            if source := sources.get(os.path.join(folder, os.path.normpath(form.file)).casefold()):
                message = _("{file} 会盖住 {path}，那是做包要用的；请把 dist 换成单独的文件夹，或者用 file: 另起一个")
                self._say(form.mark, message.format(file=form.file, path=source))
            if other := folders.get(_place(form.file)):
                message = _("{file} 不能既是一个包，又是 {other} 的文件夹；请用 file: 另起一个")
                self._say(form.mark, message.format(file=form.file, other=other))


def _place(file: str) -> str:
    """Return how a file is told from others: Windows knows no cases."""
    return os.path.normpath(file).casefold()


def _folders(file: str) -> list[str]:
    """Return the folders that a file stands in, from the folder of all packs."""
    return [file[:at] for at, character in enumerate(file) if character == "/"]


_SHOP = "店名"
_OURS = ("manifest.json", ".build.json")  # what a build writes beside the packs


def _unfit(file: str) -> str:
    """Return why a path can't be written on every system, or nothing."""
    parts = file.replace("\\", "/").split("/")
    if file.lower() in _OURS:
        return _("做包的记录要用这个名字")
    for part in parts:
        if part in ("", ".", ".."):
            return _("要在 dist 里面")
        bad = [character for character in part if character in _UNFIT or ord(character) < 32]
        if bad:
            return _("Windows 的文件名里不能有 {characters}").format(characters=" ".join(dict.fromkeys(bad)))
        if part[-1] in ". " or part.split(".")[0].lower() in _TAKEN_BY_WINDOWS:
            return _("Windows 不认这个名字")
    return ""
