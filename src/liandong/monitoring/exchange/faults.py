"""What can be wrong with a message, by code: what it is, what to do, and whether it may be taken.

The words are marked for the catalogue and filled in by whoever shows them; a fault itself holds
only its code, its place and the values, so that it can be kept and told in either language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue; without Django nothing more can be done with it."""
    return text


class Gravity(StrEnum):
    """An error keeps a message from being taken; a warning is shown beside it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Rule:
    """What a code stands for."""

    what: str
    remedy: str
    gravity: Gravity = Gravity.ERROR


def _warning(what: str, remedy: str) -> Rule:
    return Rule(what, remedy, Gravity.WARNING)


RULES: Mapping[str, Rule] = {
    # The bytes.
    "empty": Rule(
        gettext_noop("内容是空的。"), gettext_noop("请核对文件，或向发送方重新索取。")
    ),
    "too-large": Rule(
        gettext_noop("内容超过 %(most)s 字节。"), gettext_noop("请向发送方索取单条预警的文件。")
    ),
    "binary": Rule(
        gettext_noop("不是文字，像是 %(program)s。"),
        gettext_noop("请先解压或另存为 XML、JSON 文本，再读入。"),
    ),
    "nul": Rule(
        gettext_noop("文字里有空字节（NUL）。"),
        gettext_noop("文件可能在传输中损坏，请重新传送。"),
    ),
    "encoding": Rule(
        gettext_noop("文字不是它自己声明的编码 %(encoding)s。"),
        gettext_noop("请发送方按 UTF-8 重新生成；不要手工改编码声明。"),
    ),
    "encoding-unknown": Rule(
        gettext_noop("不认识编码 %(encoding)s。"), gettext_noop("请发送方改用 UTF-8。")
    ),
    "encoding-guessed": _warning(
        gettext_noop("没有声明编码，按 GB18030 读出。"),
        gettext_noop("请核对文字；并请发送方声明编码。"),
    ),
    # XML and JSON as such.
    "doctype": Rule(
        gettext_noop("含有 DOCTYPE（文档类型声明），可能夹带实体攻击。"),
        gettext_noop("一律不读。请核实来源；正规预警报文不含 DOCTYPE。"),
    ),
    "truncated": Rule(
        gettext_noop("XML 没有写完，像是被截断。"), gettext_noop("请向发送方重新索取完整文件。")
    ),
    "tags": Rule(
        gettext_noop("XML 的开始和结束标签对不上。"),
        gettext_noop("请发送方修正后重发；不要手工补标签。"),
    ),
    "prefix": Rule(
        gettext_noop("用了没有声明的命名空间前缀。"),
        gettext_noop("请发送方补上命名空间声明后重发。"),
    ),
    "entity": Rule(
        gettext_noop("用了未定义的实体（& 开头的记号）。"),
        gettext_noop("请发送方把 & 写成 &amp;，或去掉该实体。"),
    ),
    "character": Rule(
        gettext_noop("含有 XML 不允许的控制字符。"),
        gettext_noop("请发送方去掉控制字符后重发。"),
    ),
    "too-deep": Rule(
        gettext_noop("嵌套层数过多或单段文字过长。"),
        gettext_noop("一律不读。请核实来源。"),
    ),
    "malformed": Rule(gettext_noop("不是合格的 XML。"), gettext_noop("请发送方检查后重发。")),
    "json": Rule(
        gettext_noop("不是合格的 JSON。"), gettext_noop("请检查引号、逗号和括号，或重新导出。")
    ),
    "not-a-warning": Rule(
        gettext_noop("认不出是哪一种预警报文（最外层是 %(root)s）。"),
        gettext_noop("能读：CAP 1.0–1.2、12379 报文、EDXL-DE、Atom 与 RSS、各家预警 JSON。"),
    ),
    "too-many": Rule(
        gettext_noop("一份内容里超过 %(most)s 条预警。"), gettext_noop("请分批读入。")
    ),
    # CAP by its schema.
    "namespace": Rule(
        gettext_noop("命名空间不是 CAP 的：%(namespace)s。"),
        gettext_noop("请发送方改用 urn:oasis:names:tc:emergency:cap:1.2。"),
    ),
    "missing": Rule(
        gettext_noop("<%(where)s> 里缺少 <%(name)s>。"), gettext_noop("请发送方补上后重发。")
    ),
    "unexpected": Rule(
        gettext_noop("<%(name)s> 不该在这里；此处应当是 %(expected)s。"),
        gettext_noop("请发送方按标准的顺序和名称生成后重发。"),
    ),
    "choice": Rule(
        gettext_noop("<%(name)s> 的值“%(value)s”不在允许的范围内。"),
        gettext_noop("请改为下列之一：%(expected)s。"),
    ),
    "format": Rule(
        gettext_noop("<%(name)s> 的值“%(value)s”格式不对。"),
        gettext_noop("时间写成 2026-07-14T05:00:00+08:00；其他请按标准填写。"),
    ),
    "schema": Rule(
        gettext_noop("<%(name)s> 不合标准。"), gettext_noop("请发送方对照 CAP 标准修正。")
    ),
    # CAP beyond its schema.
    "identifier-characters": _warning(
        gettext_noop("编号“%(value)s”含有空格、逗号、< 或 &，按标准不能作编号。"),
        gettext_noop("请发送方换一个编号；此前的更新、解除请人工对应。"),
    ),
    "references-empty": Rule(
        gettext_noop("写了 <references> 却没有内容。"),
        gettext_noop("请发送方写明所更新的预警，或去掉该元素。"),
    ),
    "references-malformed": _warning(
        gettext_noop("引用“%(value)s”不是“发送方,编号,时间”三项。"),
        gettext_noop("请人工核对它接续哪一条预警。"),
    ),
    "references-missing": _warning(
        gettext_noop("是更新或解除，却没有写明针对哪一条预警。"),
        gettext_noop("请人工核对它接续哪一条预警。"),
    ),
    "sender-characters": _warning(
        gettext_noop("发送方“%(value)s”含有空格、逗号、< 或 &。"),
        gettext_noop("不影响阅读；请核对发送方。"),
    ),
    "restriction-missing": _warning(
        gettext_noop("范围是“限制发布”，却没有写明限制。"),
        gettext_noop("转发前请先问清发送方。"),
    ),
    "addresses-missing": _warning(
        gettext_noop("范围是“定向发布”，却没有写明收件人。"),
        gettext_noop("转发前请先问清发送方。"),
    ),
    "no-info": _warning(gettext_noop("没有任何正文。"), gettext_noop("请向发送方核实内容。")),
    "times-out-of-order": _warning(
        gettext_noop("失效时间早于生效时间。"), gettext_noop("请向发送方核实时间。")
    ),
    "time": _warning(
        gettext_noop("<%(name)s> 的时间“%(value)s”读不出来。"),
        gettext_noop("请对照原文核对时间。"),
    ),
    "status-of-envelope": _warning(
        gettext_noop("信封标明不是实际预警（%(value)s），正文却写作实际。"),
        gettext_noop("按信封处理，不作为实际预警。"),
    ),
    # Ground.
    "polygon-open": _warning(
        gettext_noop("多边形没有闭合。"), gettext_noop("显示时自动闭合；请以文字范围为准。")
    ),
    "polygon-few": _warning(
        gettext_noop("多边形不足 4 个点，画不出范围。"), gettext_noop("请以文字范围为准。")
    ),
    "polygon-numbers": _warning(
        gettext_noop("坐标“%(value)s”不是经纬度。"), gettext_noop("请以文字范围为准。")
    ),
    "polygon-swapped": _warning(
        gettext_noop("坐标像是把经度写在了前面，已按“纬度,经度”对调。"),
        gettext_noop("请对照地图核对范围。"),
    ),
    "circle": _warning(
        gettext_noop("圆“%(value)s”读不出来。"), gettext_noop("请以文字范围为准。")
    ),
    "area-unnamed": _warning(
        gettext_noop("区域没有写名称。"), gettext_noop("请按代码或地图核对范围。")
    ),
    # Feeds.
    "feed-missing": Rule(
        gettext_noop("订阅源里缺少 <%(name)s>。"), gettext_noop("请订阅源的管理者修正。")
    ),
    "entry-missing": Rule(
        gettext_noop("订阅条目里缺少 <%(name)s>。"), gettext_noop("请订阅源的管理者修正。")
    ),
    "feed-identifier": Rule(
        gettext_noop("订阅源里有预警的编号不能作编号：“%(value)s”。"),
        gettext_noop("订阅靠编号对应更新和解除，请订阅源的管理者修正。"),
    ),
    "entry-without-link": Rule(
        gettext_noop("订阅条目既没有内容，也没有链接。"),
        gettext_noop("请订阅源的管理者修正。"),
    ),
    # 12379 and the Chinese shapes.
    "level-missing": _warning(
        gettext_noop("没有读出预警级别。"), gettext_noop("请对照原文补上级别。")
    ),
    "level-disagrees": _warning(
        gettext_noop("级别前后不一：“%(value)s”与“%(other)s”。"),
        gettext_noop("按较高的显示；请向发送方核实。"),
    ),
    "identifier-missing": _warning(
        gettext_noop("没有编号。"), gettext_noop("无法自动对应更新和解除，请人工核对。")
    ),
    "sender-code": _warning(
        gettext_noop("发布单位代码“%(value)s”不是 14 位数字。"),
        gettext_noop("请核对发布单位。"),
    ),
    "words-missing": Rule(
        gettext_noop("既没有标题也没有正文。"), gettext_noop("请向发送方索取完整内容。")
    ),
    "read-from-text": _warning(
        gettext_noop("是一段文字，级别、灾种和单位由文字推断。"),
        gettext_noop("请逐项对照原文。"),
    ),
    # Chains, which only a node that keeps earlier messages can see.
    "chain-missing": _warning(
        gettext_noop("它所更新或解除的预警没有收到过。"),
        gettext_noop("请向发布单位索取前一条，或人工核对。"),
    ),
    "already-ended": _warning(
        gettext_noop("它要解除的预警已经解除或已被更新。"),
        gettext_noop("不必再办；请核对是否重复发送。"),
    ),
    # Signatures.
    "signature-broken": Rule(
        gettext_noop("数字签名对不上：内容在签名之后被改过，或签名有误。"),
        gettext_noop("不要据此行动。请用电话向发布单位核实，并索取原文。"),
    ),
    "signature-weak": _warning(
        gettext_noop("签名用的是已不安全的算法（%(value)s），不能作为凭据。"),
        gettext_noop("请用电话向发布单位核实。"),
    ),
    "signature-partial": _warning(
        gettext_noop("有签名，但不是一个覆盖全文的签名，不能作为凭据。"),
        gettext_noop("请用电话向发布单位核实。"),
    ),
    "signature-bare": _warning(
        gettext_noop("有签名，但里面没有可用的证书，无法核验。"),
        gettext_noop("请用电话向发布单位核实。"),
    ),
    "signature-late": _warning(
        gettext_noop("签名的证书在发送时不在有效期内。"),
        gettext_noop("请用电话向发布单位核实，并请其更换证书。"),
    ),
    "signature-odd": _warning(
        gettext_noop("签名的写法不合标准，无法核验。"),
        gettext_noop("请用电话向发布单位核实。"),
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where, and of which alert (counted from 0; None: of the whole)."""

    code: str
    line: int = 0
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    alert: int | None = None

    @property
    def gravity(self) -> Gravity:
        return RULES[self.code].gravity

    @property
    def what(self) -> str:
        return RULES[self.code].what % self.values

    @property
    def remedy(self) -> str:
        return RULES[self.code].remedy % self.values

    @property
    def place(self) -> str:
        """Line and path, as they read in Chinese."""
        line = f"第 {self.line} 行" if self.line else ""
        return " ".join(part for part in (line, self.path) if part)

    def as_data(self) -> dict[str, Any]:
        """The fault as plain data, with its words."""
        return {
            "code": self.code,
            "gravity": str(self.gravity),
            "alert": self.alert,
            "line": self.line,
            "path": self.path,
            "place": self.place,
            "what": self.what,
            "remedy": self.remedy,
            "values": dict(self.values),
        }
