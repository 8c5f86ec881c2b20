import re

from django.utils import translation

from liandong.web.words import WORDS, spoken
from tests.architecture.tree import SRC

SAID = re.compile(r'\bsay\((?:[^()?]*\? )?"(\w+)"(?: : "(\w+)")?')


def test_scripts_say_only_what_the_page_tells_them():
    scripts = "".join(path.read_text() for path in SRC.glob("web/assets/js/*.js"))
    said = {word for pair in SAID.findall(scripts) for word in pair if word}

    assert said == set(WORDS)


def test_scripts_are_told_in_the_reader_s_language():
    with translation.override("zh-hans"):
        told = spoken()

    assert told["stream"] == "数据流"
    assert told.keys() == WORDS.keys()
