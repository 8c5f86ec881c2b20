import pytest

from liandong.web.browsers import browser_words

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME.format("Windows NT 10.0; Win64; x64") + " Edg/120.0", "Windows 电脑 · Edge"),
        (CHROME.format("X11; Linux aarch64; Kylin"), "麒麟电脑 · Chrome"),
        (CHROME.format("X11; Linux x86_64; UOS"), "统信电脑 · Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Linux 电脑 · Firefox"),
        (CHROME.format("Linux; Android 13; V2307A") + " MicroMessenger/8.0", "安卓手机 · 微信"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604",
            "苹果手机 · Safari",
        ),
        ("curl/8.0", "不明设备"),
        ("", "不明设备"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent, words):
    assert browser_words(agent) == words
