"""The surnames of nearly everybody in China, to tell names from other short words."""

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹"
    "关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阳闫肖付"
    "晏明佟仇习娄连鞠丘简饶宫喻邬池冷桑戚巩宗应艾褚骆党尚蒲晋敖苟宣欧穆商郁臧井吉门初楚卓佘窦储权原卞占鄢"
    "上东西司端皇诸公令慕尉长宇"
)
"""The first character; of those with two the first of both."""
