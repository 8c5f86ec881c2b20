import pytest

from tools import messages

HEAD = messages.HEAD % ("en", "nplurals=2; plural=(n != 1);")


@pytest.fixture
def country(tmp_path, monkeypatch):
    """A source of its own: one module, one template, one catalogue."""
    source = tmp_path / "app"
    (source / "templates").mkdir(parents=True)
    (source / "views.py").write_text(
        'from x import _, ngettext, gettext_noop\nsay = gettext_noop("开{n}")\n'
        'title = _("值班台")\nmany = ngettext("%(n)s 条", "%(n)s 条", 2)\nother = f"不收"\n',
        encoding="utf-8",
    )
    (source / "templates" / "page.html").write_text(
        '{% load i18n %}<b>{% translate "预警" context "栏目" %}</b>{{ x|default:_("无") }}'
        "{% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件{% endblocktranslate %}"
        '{% blocktranslate with at=at trimmed %}\n  起于 {{ at }}\n{% endblocktranslate %}{# _("不收") #}',
        encoding="utf-8",
    )
    catalogue = tmp_path / "locale/en/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(HEAD, encoding="utf-8")
    monkeypatch.setattr(messages, "SRC", tmp_path)
    return catalogue


def test_modules_and_templates_are_collected_with_plurals_and_contexts(country):
    assert messages.collected() == {
        ("", "开{n}"): "",
        ("", "值班台"): "",
        ("", "%(n)s 条"): "%(n)s 条",
        ("栏目", "预警"): "",
        ("", "无"): "",
        ("", "%(n)s 件"): "%(n)s 件",
        ("", "起于 %(at)s"): "",
    }


def test_what_was_translated_stays_and_what_is_gone_goes(country):
    country.write_text(
        HEAD
        + '\n# keeps Chinese: a word to type\nmsgid "值班台"\nmsgstr "Duty desk"\n'
        + '\nmsgid "早没有了"\nmsgstr "Gone"\n'
        + '\nmsgid "%(n)s 条"\nmsgid_plural "%(n)s 条"\nmsgstr[0] "%(n)s entry"\nmsgstr[1] "%(n)s entries"\n',
        encoding="utf-8",
    )

    text = messages.merged(country)

    assert '# keeps Chinese: a word to type\nmsgid "值班台"\nmsgstr "Duty desk"\n' in text
    assert 'msgstr[0] "%(n)s entry"\nmsgstr[1] "%(n)s entries"\n' in text
    assert 'msgctxt "栏目"\nmsgid "预警"\nmsgstr ""\n' in text
    assert "早没有了" not in text


def test_collecting_twice_changes_nothing(country):
    once = messages.merged(country)
    country.write_text(once, encoding="utf-8")

    assert messages.merged(country) == once
