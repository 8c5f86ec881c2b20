"""Input of the organization's deeds."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.models import Account, Body, Person, Post
from liandong.organization.states import BodyKind, IdentityCheck, Management, Phase
from liandong.web.forms import DeedForm
from liandong.web.maps.picking import PlacedForm
from liandong.web.pickers import Picker

# No letter or digit that looks like another: a one-time password is read out and typed once.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
KEY = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("只用小写字母、数字和连字符。"))


def one_time_password() -> str:
    """Sixteen characters in four groups: some 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(4)) for _j in range(4))


def device_token() -> str:
    """A token nobody guesses."""
    return f"ld-{secrets.token_urlsafe(32)}"


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """Chooses a post, named with its body."""

    widget = Picker

    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.body.short_name} {obj.title}"


class BodyForm(DeedForm):
    """设立机构."""

    title, verb, done = _("设立机构"), _("设立机构"), _("机构已设立。")
    widths = dict.fromkeys(
        ("key", "kind", "name", "short_name", "management", "division_code", "hazard", "order"),
        "half",
    )

    name = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    key = forms.CharField(
        label=_("标识"),
        max_length=64,
        validators=[KEY],
        help_text=_("如 water-bureau，设立后不改"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=BodyKind.choices)
    management = forms.ChoiceField(label=_("管理体制"), choices=Management.choices)
    parent = forms.ModelChoiceField(
        label=_("隶属"), queryset=Body.objects.none(), required=False
    )
    office_of = forms.ModelChoiceField(
        label=_("设在（仅办公室）"), queryset=Body.objects.none(), required=False
    )
    division_code = forms.CharField(
        label=_("行政区划代码"),
        max_length=12,
        required=False,
        validators=[RegexValidator(r"^\d{6}(\d{3}){0,2}$", _("应为 6、9 或 12 位数字。"))],
    )
    hazard = forms.CharField(label=_("灾种代码（仅专项指挥部）"), max_length=20, required=False)
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "office_of"):
            self.fields[name].queryset = queries.all_bodies()  # type: ignore[attr-defined]


class RenameForm(DeedForm):
    """机构更名."""

    title, verb, done = _("机构更名"), _("更名"), _("机构已更名，旧名仍可查到。")
    name = forms.CharField(label=_("名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=40)


class MergeForm(DeedForm):
    """机构撤并."""

    title, verb = _("机构撤并"), _("撤并")
    done = _("已撤并，发给它的指令会指明接手的单位。")
    dangerous = True
    into = forms.ChoiceField(label=_("并入"), widget=Picker)
    paper = forms.CharField(
        label=_("依据"), max_length=120, help_text=_("机构改革文件的名称、文号")
    )

    def __init__(self, *args: Any, others: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(one.pk): one for one in others}
        named = [(pk, one.name) for pk, one in self._others.items()]
        self.fields["into"].choices = [("", _("请选机构")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The body itself, not its key."""
        values = super().arguments()
        values["into"] = self._others[values["into"]]
        return values


class SeatForm(PlacedForm):
    """标定驻地."""

    title, verb = _("标定驻地"), _("标定驻地")
    done = _("驻地已标定，各处地图随即更新。")
    widths = {"lon": "half", "lat": "half"}


class PostForm(DeedForm):
    """设立岗位."""

    title, verb = _("设立岗位"), _("设立岗位")
    done = _("岗位已设立。请安全管理员授权、任职。")
    widths = {"post_title": "half", "key": "half", "rank": "half"}

    post_title = forms.CharField(label=_("岗位名称"), max_length=60)
    key = forms.CharField(
        label=_("标识"), max_length=60, validators=[KEY], help_text=_("如 director，设立后不改")
    )
    superior = PostField(
        label=_("上级岗位"),
        queryset=Post.objects.none(),
        required=False,
        help_text=_("指令逾期无人答复时，按此逐级催办"),
    )
    rank = forms.IntegerField(label=_("序位"), min_value=0, max_value=9999, initial=0)
    is_liaison = forms.BooleanField(label=_("联络岗（收取发给本机构的事项）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = queries.all_posts()  # type: ignore[attr-defined]


class RolesForm(DeedForm):
    """岗位授权."""

    title, verb, done = _("岗位授权"), _("授权"), _("岗位的权限已更新。")
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_body = forms.BooleanField(label=_("只限本机构的事项"), required=False)


class PersonForm(DeedForm):
    """登记人员."""

    title, verb, done = _("登记人员"), _("登记人员"), _("人员已登记。")
    name = forms.CharField(label=_("姓名"), max_length=60)


class RemoveForm(DeedForm):
    """移出通讯录."""

    signs = True
    title, verb, done = _("移出通讯录"), _("移出"), _("已移出，账号已锁定。")
    dangerous = True
    widths = {"reason": "half", "successor": "half"}
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("如：退休、调离本县"))
    successor = forms.ModelChoiceField(
        label=_("由谁接手"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
        help_text=_("还有负责的对象或班次时必选"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = queries.people_here()  # type: ignore[attr-defined]


class AppointForm(DeedForm):
    """任职."""

    signs = True
    title, verb, done = _("任职"), _("任职"), _("任职已登记，权限即时生效。")
    person = forms.ModelChoiceField(
        label=_("人员"), queryset=Person.objects.none(), widget=Picker
    )
    is_deputy = forms.BooleanField(label=_("任B角"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = queries.people_here()
        self.fields["person"].queryset = everybody  # type: ignore[attr-defined]


class EndForm(DeedForm):
    """结束任职."""

    signs = True
    title, verb, done = _("结束任职"), _("结束任职"), _("任职已结束，岗位的权限同时收回。")
    dangerous = True


class DutyForm(DeedForm):
    """明确职责."""

    title, verb, done = _("明确职责"), _("保存职责"), _("职责已保存。")
    widths = {"hazard": "half", "phase": "half"}
    hazard = forms.CharField(
        label=_("灾种代码"), max_length=20, initial="*", help_text=_("* 表示各灾种通用")
    )
    phase = forms.ChoiceField(label=_("阶段"), choices=Phase.choices)
    text = forms.CharField(label=_("职责"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class AccountForm(DeedForm):
    """开设账号."""

    title, verb = _("开设账号"), _("开设账号")
    done = _("账号已开设。请把一次性口令当面或电话告知本人，首次登录须修改。")
    widths = {"username": "half", "password": "half"}

    person = forms.ModelChoiceField(
        label=_("人员"), queryset=Person.objects.none(), widget=Picker
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", _("只用字母、数字和 . _ -。"))],
    )
    password = forms.CharField(
        label=_("一次性口令"),
        min_length=12,
        max_length=60,
        help_text=_("办完后显示成可念、可打印的一条"),
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("password", one_time_password())
        without = queries.people_here().filter(account=None)
        self.fields["person"].queryset = without  # type: ignore[attr-defined]


class LockForm(DeedForm):
    """锁定账号."""

    title, verb, done = _("锁定账号"), _("锁定账号"), _("账号已锁定，已有的登录全部结束。")
    dangerous = True
    reason = forms.CharField(label=_("原因"), max_length=200)


class UnlockForm(DeedForm):
    """解锁账号."""

    title, verb, done = _("解锁账号"), _("解锁账号"), _("账号已解锁。")


class IdentityForm(DeedForm):
    """绑定统一身份."""

    title, verb, done = _("绑定统一身份"), _("绑定"), _("统一身份已绑定。")
    subject = forms.CharField(
        label=_("统一身份标识"),
        max_length=255,
        help_text=_("照身份认证系统里的原样填写；本人登录被拒时页面上也会写明"),
    )


class ReleaseIdentityForm(DeedForm):
    """解除统一身份绑定."""

    title, verb = _("解除统一身份绑定"), _("解除绑定")
    done = _("统一身份已解除，已有的登录全部结束。")
    dangerous = True
    reason = forms.CharField(label=_("原因"), max_length=200)


class ResetForm(DeedForm):
    """重置口令."""

    title, verb = _("重置口令"), _("重置口令")
    done = _("口令已重置。请把一次性口令当面或电话告知本人，登录后须修改。")
    password = forms.CharField(
        label=_("一次性口令"),
        min_length=12,
        max_length=60,
        help_text=_("办完后显示成可念、可打印的一条"),
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("password", one_time_password())


class SecondFactorForm(DeedForm):
    """重置第二因素."""

    title, verb = _("重置第二因素"), _("重置第二因素")
    done = _("第二因素已取消，本人下次登录后重新绑定。")
    dangerous = True
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("如：手机丢失"))
    identity = forms.ChoiceField(label=_("怎样核对的身份"), choices=IdentityCheck.choices)
    witness = forms.ModelChoiceField(
        label=_("在场的第二人"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
        help_text=_("指挥长和三员的账号必须有"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = queries.people_here()
        self.fields["witness"].queryset = everybody  # type: ignore[attr-defined]


class SessionsForm(DeedForm):
    """结束登录."""

    title, verb, done = _("结束全部登录"), _("结束全部登录"), _("该账号的登录已全部结束。")
    dangerous = True
    reason = forms.CharField(label=_("原因"), max_length=200)


class DeviceForm(DeedForm):
    """登记设备."""

    title, verb = _("登记设备"), _("登记设备")
    done = _("设备已登记。请把令牌填入设备。")
    widths = {"username": "half", "device_title": "half"}

    device_title = forms.CharField(label=_("设备名称"), max_length=100)
    username = forms.CharField(
        label=_("设备账号"),
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", _("只用字母、数字和 . _ -。"))],
    )
    body = forms.ModelChoiceField(
        label=_("所属机构"), queryset=Body.objects.none(), required=False
    )
    token = forms.CharField(
        label=_("令牌"),
        min_length=32,
        max_length=100,
        help_text=_("只在此处显示一次，请先抄下"),
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", device_token())
        self.fields["body"].queryset = queries.all_bodies()  # type: ignore[attr-defined]


class TokenForm(DeedForm):
    """更换令牌."""

    title, verb, done = _("更换令牌"), _("更换令牌"), _("令牌已更换，旧令牌即时失效。")
    dangerous = True
    token = forms.CharField(
        label=_("新令牌"),
        min_length=32,
        max_length=100,
        help_text=_("只在此处显示一次，请先抄下"),
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", device_token())


class DeskForm(DeedForm):
    """登记值班机."""

    title, verb = _("登记值班机"), _("登记值班机")
    widths = {"username": "half", "desk_title": "half", "post": "half", "code": "half"}

    desk_title = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("如：值班室一号机；写在流水的署名里")
    )
    username = forms.CharField(
        label=_("值班机账号"),
        max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", _("只用字母、数字和 . _ -。"))],
    )
    post = PostField(
        label=_("挂在哪个岗位"),
        queryset=Post.objects.none(),
        help_text=_("值班机看得到这个岗位看得到的"),
    )
    code = forms.CharField(
        label=_("登记码"),
        min_length=12,
        max_length=60,
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("code", one_time_password())
        self.fields["post"].queryset = queries.all_posts()  # type: ignore[attr-defined]


class DeskCodeForm(DeedForm):
    """更换登记码."""

    title, verb = _("更换登记码"), _("更换登记码")
    dangerous = True
    code = forms.CharField(
        label=_("新登记码"),
        min_length=12,
        max_length=60,
        help_text=_("原来那台机器即时断开"),
        widget=forms.TextInput({"data-no-draft": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("code", one_time_password())


class PinResetForm(DeedForm):
    """取消签名口令."""

    title, verb, done = _("取消签名口令"), _("取消签名口令"), _("签名口令已取消，由本人重设。")
    dangerous = True


class PinForm(DeedForm):
    """设签名口令."""

    title, verb, done = _("设签名口令"), _("保存签名口令"), _("签名口令已设定。")
    widths = {"pin": "half", "again": "half"}
    pin = forms.CharField(
        label=_("签名口令"),
        max_length=12,
        help_text=_("6 至 12 位数字，在值班机上签名用，不要告诉别人"),
        widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次"),
        max_length=12,
        widget=forms.PasswordInput({"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("pin") and data.get("again") and data["pin"] != data["again"]:
            self.add_error("again", _("两次输入的不一样。"))
        return data


def versioned(row: Account | Body | Post) -> dict[str, int]:
    """Say which version of a row a form was drawn from."""
    return {"expected_version": row.version}
