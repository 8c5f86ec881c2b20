"""Names of people who do not exist."""

import random
from collections.abc import Iterator

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳唐费薛雷贺倪汤罗毕郝安常于傅齐康余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁邓洪石崔吉龚程裴陆翁段侯全班秋仲宁甘武刘景詹龙叶黎白邢温庄晏柴瞿阎连艾容向古易廖耿匡文欧利师聂关荆"
GIVEN = "建国志强文华明辉海燕秀英丽娟国庆永福春生雪梅晓峰玉兰俊杰思远书恒致和清扬承志安宁立新长河永年嘉禾知行景行怀远"


def people(seed: int = 2024) -> Iterator[str]:
    """Give names, no two alike, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 -- fiction, not secrets
    given = [GIVEN[i : i + 2] for i in range(0, len(GIVEN), 2)]
    pairs = [f"{surname}{name}" for surname in SURNAMES for name in given]
    yield from chance.sample(pairs, len(pairs))
