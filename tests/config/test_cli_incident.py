from liandong.config.cli.app import main


def test_a_moment_that_is_none_is_refused_before_anything_is_started(capsys, tmp_path):
    try:
        main(
            ["incident", "replay", "示应急〔2030〕1号", "--at", "昨天", "--home", str(tmp_path)]
        )
    except SystemExit as ended:
        status = ended.code

    assert status == 1
    assert "“昨天”不是时刻" in capsys.readouterr().err
