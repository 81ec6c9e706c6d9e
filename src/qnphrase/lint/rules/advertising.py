"""QN1xx: claims about goods that advertising law forbids or that nobody can check."""

from qnphrase.lint.context import Claims
from qnphrase.lint.diagnostic import Severity
from qnphrase.lint.lexicon import lexicon
from qnphrase.lint.rule import claims_rule


def absolute_claim() -> Claims:
    """用国家级、最佳、顶级、全网最低、独一无二这类绝对化用语说商品。

    为什么：快捷短语一天发几百遍，一句“全网最低”就是几百条证据；买家截图投诉，一投一个准，也没有人拿得出依据。
    依据：《广告法》第九条第（三）项：不得使用“国家级”“最高级”“最佳”等用语。服务态度和祝愿、店内自己比较、使用和保存建议、
    国家标准的分级、商品名称和商标、写明时间地点的事实，按《广告绝对化用语执法指南》不在此列，本规则放过。
    怎么改：换成能核实的事实：什么面料、多少克重、什么工艺、检测报告怎么写。

    PASS: 亲，这款是国家一级能效，最近买的人挺多的，最好先量一下安装位置
    PASS: 茶叶开封后3个月内是最佳饮用期，请密封保存
    PASS: 我们不敢说全网最低，但品质您收到可以检查
    PASS: 我们会用最好的服务对待每一位顾客，祝您购物愉快
    FAIL: 亲，这款是〔全网最低〕价了，放心拍
    FAIL: 面料用的是〔国家级〕标准，〔顶级〕长绒棉
    FAIL: 我们的〔质量最好〕，您放心
    FAIL: 送长辈的〔最佳〕选择，花色〔独一无二〕
    """
    return lexicon("absolute_claim")


def unsourced_ranking() -> Claims:
    """说销量第一、行业第一、NO.1、遥遥领先，却没有数据出处。

    为什么：名次是能查证的事实，查不到就是虚假宣传；同行也会拿这句话来举报。
    依据：《广告法》第九条第（三）项、第十一条：引用数据、统计资料应当真实、准确，并表明出处。
    怎么改：有出处就在同一句里写清数据、时间、范围和来源；没有就不提名次，说清商品本身。店内销量排名、“顾客第一”这类原则不会报。

    PASS: 第一次光临的亲可以领5元券，我们会在第一时间安排发货
    PASS: 我们坚持质量第一、顾客第一
    PASS: 据生意参谋2024年1月数据，这款保温杯类目销量第一
    PASS: 这是店里销量第一的一款，评价可以翻翻看
    FAIL: 我们家枕头〔全网销量第一〕，放心买
    FAIL: 十年老店，〔行业领先〕
    FAIL: 亲，这款可是〔类目冠军〕呢
    """
    return lexicon("unsourced_ranking")


def context_superlative() -> Claims:
    """用最便宜、最舒服、最显瘦、性价比最高说商品，又没有比较范围。

    为什么：“最”字算不算绝对化用语要看语境。和自己店里的比、说使用方法都可以；泛泛地夸商品就说不清了。
    依据：《广告法》第九条第（三）项；《广告绝对化用语执法指南》列出的不适用情形。
    怎么改：换成具体事实（克重、充绒量、尺寸）；确实是店内自己比较，就写明“本店同系列里”。最近、最后、最好先量尺寸、最大承重不会报。

    PASS: 这是我们店里最便宜的一款，预算不多可以看看
    PASS: 泡3分钟口感最好
    PASS: 两件一起拍最划算，满减和券可以叠加
    PASS: 亲，最近物流慢，最晚后天发出，最好手洗哦
    FAIL: 这条裙子〔最显瘦〕，遮胯一绝
    FAIL: 这款枕头〔最舒服〕了
    FAIL: 这款〔最受年轻人欢迎〕，闭眼拍
    """
    return lexicon("context_superlative")


def authority_endorsement() -> Claims:
    """借国家机关、央视、领导人、专家医生的名义给商品背书，或宣传“免检”“驰名商标”。

    为什么：买家信的是机关和专家，不是商品；说不出是哪份文件、哪位专家，就是变相使用国家机关名义或虚构背书。
    依据：《广告法》第九条第（二）项；《商标法》第十四条：不得将“驰名商标”字样用于商品、包装、广告。
    怎么改：有检测报告、3C证书、备案，就直接说名称和编号；没有就介绍商品本身。

    PASS: 这款通过了3C认证，证书编号在详情页
    PASS: 面料有国家认可实验室的检测报告
    PASS: 宝宝皮肤敏感的话，请先按医生推荐的方法使用
    FAIL: 我们是〔国家免检产品〕
    FAIL: 〔央视推荐〕品牌，值得信赖
    FAIL: 枕头是〔专家推荐〕的高度
    """
    return lexicon("authority_endorsement")


def medical_efficacy() -> Claims:
    """说普通商品能治病、消炎、降血压、减肥，或者没有副作用。

    为什么：买家当真了会耽误看病；普通商品、普通食品、化妆品都不能说治疗作用。
    依据：《广告法》第十七条：除医疗、药品、医疗器械广告外，不得涉及疾病治疗功能。
    怎么改：只说成分、用法、适用人群；买家问能不能治，就请他问医生。卖药品和医疗器械的店可以在配置里关掉这条。

    PASS: 亲，这款是普通护膝，不能代替药物，也不能治疗关节炎，不舒服请及时就医
    PASS: 宝宝正在治疗湿疹的话，请先问过医生再使用
    PASS: 消炎药属于特殊商品，不支持七天无理由
    FAIL: 这个护腰〔治疗腰椎间盘突出〕特别好
    FAIL: 每天泡脚〔能降血压〕
    FAIL: 纯植物的，〔没有副作用〕
    """
    return lexicon("medical_efficacy")


def unverifiable_claim() -> Claims:
    """说零差评、千万家庭的选择、科学证明、祖传秘方、媲美大牌这类没法核实的话。

    为什么：拿不出数据和报告，买家一较真就没话说，反而伤信任。
    依据：《广告法》第四条、第二十八条：广告应当真实，不得以无法验证的内容作证明材料。
    怎么改：请买家看评价页、检测报告、水洗标和实拍图，让事实说话。

    PASS: 评价都在商品页，好的坏的您都可以翻翻
    PASS: 0添加蔗糖，配料表在包装背面
    PASS: 检测报告编号在详情页，可以证明成分含量
    FAIL: 我们家一直是〔零差评〕
    FAIL: 〔千万家庭的选择〕，您放心
    FAIL: 品质〔媲美大牌〕，价格只要一半
    """
    return lexicon("unverifiable_claim")


RULES = (
    claims_rule("QN101", "absolute-claim", Severity.ERROR, absolute_claim),
    claims_rule("QN102", "unsourced-ranking", Severity.ERROR, unsourced_ranking),
    claims_rule("QN103", "context-superlative", Severity.WARNING, context_superlative),
    claims_rule("QN104", "authority-endorsement", Severity.ERROR, authority_endorsement),
    claims_rule("QN105", "medical-efficacy", Severity.WARNING, medical_efficacy),
    claims_rule("QN106", "unverifiable-claim", Severity.INFO, unverifiable_claim),
)
