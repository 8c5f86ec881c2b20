import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.merkle import is_included, proof, root

# The test vectors of the certificate transparency reference, RFC 6962.
ROWS = [
    bytes.fromhex(row)
    for row in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
lists = st.lists(st.binary(max_size=20), min_size=1, max_size=40)


def split_by_the_book(rows):
    """RFC 6962 §2.1 word for word, to compare with."""
    if len(rows) == 1:
        return hashlib.sha256(b"\x00" + rows[0]).digest()
    half = 1
    while half * 2 < len(rows):
        half *= 2
    left, right = split_by_the_book(rows[:half]), split_by_the_book(rows[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("count", range(1, 9))
def test_root_meets_the_public_vectors(count):
    assert root(ROWS[:count]) == ROOTS[count]


def test_the_root_of_nothing_is_the_digest_of_nothing():
    assert root([]) == hashlib.sha256(b"").hexdigest()


@given(lists)
def test_root_is_the_recursive_definition(rows):
    assert root(rows) == split_by_the_book(rows).hex()


@given(lists, st.data(), st.sampled_from(["sha256", "sm3"]))
def test_every_row_is_proved_and_a_changed_one_is_not(rows, data, algorithm):
    index = data.draw(st.integers(0, len(rows) - 1))
    head, path = root(rows, algorithm=algorithm), proof(rows, index, algorithm=algorithm)
    place = {"index": index, "count": len(rows), "path": path, "head": head}

    assert is_included(rows[index], **place, algorithm=algorithm)
    assert not is_included(rows[index] + b"!", **place, algorithm=algorithm)


def test_a_row_does_not_pass_at_another_place():
    head, path = root(ROWS), proof(ROWS, 3)

    assert not is_included(ROWS[3], index=4, count=8, path=path, head=head)
    assert not is_included(ROWS[3], index=3, count=8, path=path[:-1], head=head)
    assert not is_included(ROWS[3], index=3, count=8, path=[*path, path[0]], head=head)
    assert not is_included(ROWS[3], index=8, count=8, path=path, head=head)


def test_a_node_cannot_pose_as_a_row():
    left = hashlib.sha256(b"\x00" + ROWS[0]).digest()
    right = hashlib.sha256(b"\x00" + ROWS[1]).digest()

    assert root([left + right]) != root(ROWS[:2])


def test_sm3_gives_another_root():
    assert root([b"abc"], algorithm="sm3") == hashlib.new("sm3", b"\x00abc").hexdigest()


def test_an_unknown_algorithm_and_a_row_out_of_range_are_refused():
    with pytest.raises(ValueError, match="no digest called md5"):
        root([b""], algorithm="md5")
    with pytest.raises(IndexError):
        proof(ROWS, 8)
