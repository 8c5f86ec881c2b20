import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from liandong.organization.models import Account


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("qing-xi-1", "口令太短，至少 10 个字符。"),
        ("zhiban2026", "口令与用户名或姓名太像，请换一个。"),
        ("password123", "这是常见的口令，容易被猜中，请换一个。"),
        ("74920183650", "口令不能只有数字，请加上字母。"),
    ],
)
def test_a_weak_password_is_refused_in_our_words(password, said):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, Account(username="zhiban202"))

    assert refused.value.messages == [said]


def test_the_form_says_what_a_password_must_be():
    assert password_validators_help_texts() == [
        "不要像自己的用户名、姓名",
        "至少 10 个字符",
        "不要用 password123 这类常见的口令",
        "不要只用数字",
    ]
