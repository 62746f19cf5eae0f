"""The rules of a community that has none of its own.

They would rather ask once too often: a clerk declines a false alarm with one touch, while a
danger that nobody saw has no second reader.
"""

from issues.domain.hazard_rules import HazardRule

DEFAULT_HAZARD_RULES: tuple[HazardRule, ...] = (
    HazardRule(
        id="rule_18jt447dmrgeebs8m67b1a8e5d",
        name="燃气泄漏",
        words=("味", "漏气", "跑气", "泄漏", "泄露", "闻到", "闻着"),
        place_words=("煤气", "燃气", "天然气", "液化气"),
        category="gas",
    ),
    HazardRule(
        id="rule_1x6fxjdwysgfs9a948x1bm5qbc",
        name="起火冒烟",
        words=("着火", "起火", "失火", "冒烟", "烧起来", "烧着了", "火苗"),
        category="fire",
    ),
    HazardRule(
        id="rule_7v5q0rhenhh96smmqeqyy9f4ap",
        name="漏电触电",
        words=("漏电", "触电", "电着人", "被电到", "火花", "裸线"),
        category="electricity",
    ),
    HazardRule(
        id="rule_0xfmj472g7h7hasd01xwfqsbtn",
        name="电线裸露、电箱敞开",
        words=("露", "敞", "掉下来", "垂下来", "耷拉", "断了", "没盖", "门坏", "没锁"),
        place_words=("电箱", "电表", "电线", "电缆", "配电", "插座"),
        category="electricity",
    ),
    HazardRule(
        id="rule_7xvd25kpf8h26ss4ygqfw0z5ta",
        name="电梯困人、坠落",
        words=("困", "被关", "出不来", "坠", "突然下降", "往下掉"),
        place_words=("电梯",),
        category="lift",
    ),
    HazardRule(
        id="rule_62qbnx4hgxgz39xns7vf0v6355",
        name="消防通道堵塞",
        words=("堵", "占", "停车", "停满", "停着", "锁", "封"),
        place_words=("消防通道", "消防车道", "安全出口", "逃生", "疏散"),
        category="fire",
    ),
    HazardRule(
        id="rule_47zc2at6v5hwy8pmgkdtebt70p",
        name="墙体歪斜、倒塌",
        words=("歪", "倾斜", "要倒", "快倒", "倒了", "塌", "裂", "晃"),
        place_words=("墙", "楼体", "阳台", "房顶", "屋顶", "立柱", "棚子", "电线杆"),
        category="structure",
    ),
    HazardRule(
        id="rule_0txjwxq43rhyzs0w55kt1ngygb",
        name="高空坠物",
        words=("掉下来", "往下掉", "脱落", "砸", "抛物", "要掉"),
        place_words=("外墙", "墙皮", "瓷砖", "玻璃", "空调外机", "广告牌", "高空", "楼上"),
        category="structure",
    ),
    HazardRule(
        id="rule_31h255rzbfhtzby90frc6q33kx",
        name="井盖缺失",
        words=("没盖", "没了", "丢", "不见", "破", "缺", "塌", "敞", "碎", "松"),
        place_words=("井盖", "窨井", "下水井"),
        category="other",
    ),
)
