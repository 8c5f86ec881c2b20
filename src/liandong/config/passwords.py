"""What a password must be: Django's rules, in the county's words."""

from django.contrib.auth import password_validation as rules

from liandong.kernel.wording import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    """Not shorter than ten characters."""

    def get_help_text(self) -> str:
        return _("至少 %(min_length)d 个字符") % {"min_length": self.min_length}

    def get_error_message(self) -> str:
        return _("口令太短，至少 %(min_length)d 个字符。")  # put in by whoever raises it


class NotOneself(rules.UserAttributeSimilarityValidator):
    """Not one's own name."""

    def get_help_text(self) -> str:
        return _("不要像自己的用户名、姓名")

    def get_error_message(self) -> str:
        return _("口令与用户名或姓名太像，请换一个。")


class NotCommon(rules.CommonPasswordValidator):
    """None that everybody tries first."""

    def get_help_text(self) -> str:
        return _("不要用 password123 这类常见的口令")

    def get_error_message(self) -> str:
        return _("这是常见的口令，容易被猜中，请换一个。")


class NotDigitsOnly(rules.NumericPasswordValidator):
    """Not figures alone: telephone numbers and birthdays are figures."""

    def get_help_text(self) -> str:
        return _("不要只用数字")

    def get_error_message(self) -> str:
        return _("口令不能只有数字，请加上字母。")
