"""What is found beside the rules: by reading a file, by its comments, by the tests of its auto-replies, by laying the
books of a shop over each other.

Such findings have codes, names and manual pages as rules have, for their links lead to a page, too; but they look at no
text, so they have no samples.
"""

from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.rule import Rule

FAILED_TEST = Rule(
    "QN919",
    "failed-reply-test",
    Severity.ERROR,
    """自动回复的用例没通过。

为什么：改了时段、触发条件或内容以后，买家在某种情况下收到的不再是用例里写的那一条。
依据：短语本旁边的 *.replies-test.yaml。发哪条按 qianniu-unverified（未经验证）的顺序，除非用例开头写了 profile。
怎么改：用 qnphrase simulate 短语本.yaml --test 看每一条为什么发、为什么不发，再改短语本或用例；
不想跑就 --ignore QN919。""",
)
UNREADABLE = Rule(
    "QN920",
    "unreadable-file",
    Severity.ERROR,
    """文件读不了，或者不是短语本、导出包。

为什么：这个文件里的短语一条也没有检查，不能当作没有问题。
依据：没有这个文件、没有权限、编码认不出来、格式认不出来，具体的写在那一条里。
怎么改：用 qnphrase inspect 看它是什么；编码认不出来的，用 qnphrase convert 加 --input-encoding 转一份，
XML 认不出来的，加 --xml-map。""",
)
SYNTAX = Rule(
    "QN921",
    "syntax-error",
    Severity.ERROR,
    """文件写得不合格式，读到一半读不下去。

为什么：这个文件里的短语一条也没有检查，千牛和别的程序也可能读不了。
依据：CSV、XML、YAML 的写法，短语本和用例文件的字段；出错的那一行那一列写在那一条里。
怎么改：看那一行和上一行：引号、括号、缩进、冒号后面的空格、字段的名字。""",
)
NOTICE = Rule(
    "QN922",
    "file-notice",
    Severity.WARNING,
    """文件读得了，但有地方不寻常，读的时候留意到了。

为什么：读法可能和您想的不一样，例如没有表头、XML 各项的位置是猜的；再导出、导入的时候可能会变样。
依据：读文件时的提醒，和 qnphrase inspect 里说的一样。
怎么改：按那一条说的改文件；确定没有问题的，在 qnphrase.yaml 的 ignores 里写明 QN922 和原因。""",
)
MISSING_VARIABLE = Rule(
    "QN931",
    "missing-variable",
    Severity.ERROR,
    """店里有短语要用一个变量，却没有值可填。

为什么：填不出来，这家店的包就做不成；硬做出来，买家会原样看到 {店铺名}。
依据：qnphrase.yaml 的 variables 和各家店的 variables；没有 default 的变量，每家店都要写。
怎么改：在那家店的 variables 里写上值，或者在最上面的 variables 里给一个 default；
名字打错了就改短语；本来就要留着大括号的，写进 placeholders。""",
)
UNUSED_OVERRIDE = Rule(
    "QN932",
    "unused-override",
    Severity.ERROR,
    """要替换、要去掉的短语不在下面的书里，或者店里给的变量没有哪条短语用。

为什么：以为换掉、去掉了，其实原来那一条还在；多半是下面的书改了编码或分组，这里没有跟着改。
依据：短语本里的 replace 和 remove、qnphrase.yaml 里各家店的 remove 和 variables；books 里排在前面的是“下面的书”。
怎么改：照下面的书改成现在的编码、分组/编码或变量名；用不着了就删掉这一行。""",
)
OVERRIDE_CLASH = Rule(
    "QN933",
    "override-clash",
    Severity.ERROR,
    """几本书叠在一起，说不清哪条换掉哪条。

为什么：同一个编码在两个分组里各有一条，或者一条被换了两次，客服打编码不知道出来哪一句。
依据：同一个分组里编码相同，后面的书盖住前面的；在别的分组、有好几条，就得写明换掉哪一条。
怎么改：要换掉的，加一行 replace: 分组/编码；要另加一条的，换个编码。""",
)
SHOP_PROBLEMS = (MISSING_VARIABLE, UNUSED_OVERRIDE, OVERRIDE_CLASH)
UNUSED = Rule(
    "QN992",
    "unused-suppression",
    Severity.WARNING,
    """放过问题的注释没有用处：这里没有那个问题。

为什么：问题已经改好，注释还留着，以后真的再犯就没有人提醒。
依据：短语本里的注释 # qn: ignore QN201 原因。
怎么改：删掉这条注释。""",
)
NO_REASON = Rule(
    "QN993",
    "suppression-without-reason",
    Severity.INFO,
    """放过问题的注释没有写原因。

为什么：过几个月谁也不记得当时为什么放过，不敢删也不敢留。
依据：短语本里的注释 # qn: ignore QN201 原因。
怎么改：在编号后面写上原因，如 # qn: ignore QN201 这是快递单上的话。""",
)
# What the user may choose and leave out as if it were a rule.
CHOSEN = (FAILED_TEST, *SHOP_PROBLEMS)
UNRULED = (*CHOSEN, UNREADABLE, SYNTAX, NOTICE, UNUSED, NO_REASON)
