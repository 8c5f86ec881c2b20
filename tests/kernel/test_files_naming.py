import pytest

from liandong.kernel.files.naming import clean_name
from liandong.kernel.problems import Invalid


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("现场照片.JPG", "现场照片.jpg"),
        ("..\\..\\C:\\现场.pdf", "现场.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("照\x00片\r\n\u202e1.png", "照片1.png"),
        ('a<b>:"c|d?*.csv', "a_b___c_d__.csv"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
        ("..隐藏.txt", "隐藏.txt"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", ".jpg", "无扩展名", "a.", "/", "\u202e.png"])
def test_a_name_without_stem_or_extension_is_refused(given):
    with pytest.raises(Invalid, match="文件名"):
        clean_name(given)
