"""``plan export`` and ``plan import``: plans out to Word files and in from them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from liandong.config.cli import plan_texts, printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, enter
from liandong.config.homes import node, right_now, wake_alone
from liandong.kernel.problems import Problem
from liandong.plans.language import load

if TYPE_CHECKING:
    from liandong.plans.adapters import PlanRead

KINDS: Final = (".docx", ".yaml", ".yml")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app,
        export,
        about="把一部预案写成 Word 文档（章节、启动条件及审批权限表、措施表、工作组、通讯联络表、来源说明）或 YAML。",
    )
    app.command(
        "import",
        cls=Command,
        help="从 Word 文档读出一部预案：写成 YAML，每处注明出自第几段；或以 --home 成为节点里的文稿，逐处确认。",
    )(import_plan)


def export(
    home: Home,
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="YAML 文件、随平台提供的代号，或节点里的 代号@版次（代号@ 即现行版，联络表随之填上任职人）。",
        ),
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="写到哪里：以 .docx 或 .yaml 结尾。")
    ],
    *,
    as_json: Json = False,
) -> None:
    """Write a plan out; a file that is already there is left alone."""
    if out.suffix.lower() not in KINDS:
        raise Problem(
            "不知道写成什么。", place=str(out), remedy="请让文件名以 .docx 或 .yaml 结尾。"
        )
    refuse_existing(out)
    if plan_texts.is_kept(plan):
        with node(home.absolute()):
            content = _kept(plan, out)
    else:
        text = plan_texts.text_of(plan)
        with plan_texts.reading(plan):
            load(text)
        content = text.encode() if _is_text(out) else _paper(text)
    put(out, content)
    if as_json:
        printing.show_json({"ok": True, "file": str(out), "bytes": len(content)})
    else:
        printing.good(f"已写到 {out}。")


def import_plan(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, metavar="FILE.docx", help="Word 文档。"),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="写到哪个 YAML 文件；不给即打印。")
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option("--home", help="节点的数据目录；给了就在节点里成为一份文稿。"),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Read a plan out of a Word file; nothing that is there is written over."""
    if out:
        refuse_existing(out)
    if home:
        with node(home.absolute()):
            read, manuscript = _read_into_node(file)
    else:
        wake_alone()
        read, manuscript = _read(file), ""
    if out:
        put(out, read.text_with_guesses.encode())
    if as_json:
        printing.show_json({"ok": True, **_told(read), "manuscript": manuscript})
    elif out is None and not manuscript:
        printing.out.file.write(read.text_with_guesses)
    else:
        _say(read, out, manuscript)


def _read(file: Path) -> "PlanRead":
    """By the names that bodies have in any county."""
    from liandong.documents import read_docx  # noqa: PLC0415 -- Django woke up only now
    from liandong.plans.adapters import Directory, read_plan  # noqa: PLC0415 -- as above
    from liandong.plans.queries import usually_called  # noqa: PLC0415 -- as above

    paper = read_docx(_content(file), file.name)
    return read_plan(paper, Directory(usually_called()), name=file.name)


def _read_into_node(file: Path) -> tuple["PlanRead", str]:
    """By the names of the county's own register, into a manuscript."""
    from liandong.documents import read_docx  # noqa: PLC0415 -- as above
    from liandong.kernel.actors import ACTUAL, system_actor  # noqa: PLC0415 -- as above
    from liandong.kernel.identity import this_node  # noqa: PLC0415 -- as above
    from liandong.plans.actions import begin_manuscript  # noqa: PLC0415 -- as above
    from liandong.plans.adapters import Directory, read_plan  # noqa: PLC0415 -- as above
    from liandong.plans.permissions import Permission  # noqa: PLC0415 -- as above
    from liandong.plans.queries import Book  # noqa: PLC0415 -- as above

    county = this_node()
    directory = Directory(Book().called, county=county.name if county else "")
    read = read_plan(read_docx(_content(file), file.name), directory, name=file.name)
    actor = system_actor("node", "命令行导入预案", ACTUAL, Permission.DRAFT_VERSION)
    made = begin_manuscript(actor, text=read.text_with_gaps, guesses=read.guesses)
    return read, str(made.pk)


def _content(file: Path) -> bytes:
    """No more of a file than is needed to see that it is too large."""
    from liandong.documents import MOST_BYTES  # noqa: PLC0415 -- as above

    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _told(read: "PlanRead") -> dict[str, Any]:
    return {
        "plan": read.plan.plan,
        "title": read.plan.title,
        "text": read.text,
        "guesses": [one.as_data() for one in read.guesses],
        "not_read": [one.as_data() for one in read.not_read],
    }


def _say(read: "PlanRead", out: Path | None, manuscript: str) -> None:
    printing.good(
        f"{read.plan.title}：读出 {len(read.guesses)} 处，待逐处确认；{len(read.not_read)} 处没有读懂。"
    )
    if out:
        printing.line(f"  已写到 {out}，每处上面注着原文第几段。")
    if manuscript:
        printing.line(f"  已成为文稿，请在预案页打开确认：{manuscript}")
    for one in read.not_read:
        printing.line(f"  第 {one.paragraph} 段：{one.why}")


def refuse_existing(out: Path) -> None:
    """Write over nothing."""
    if out.exists():
        raise Problem(
            "已经有这个文件，没有覆盖。", place=str(out), remedy="请换一个文件名，或先移走它。"
        )
    if not out.absolute().parent.is_dir():
        raise Problem(
            "没有这个目录。", place=str(out.absolute().parent), remedy="请先建立目录。"
        )


def put(out: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(out)
    except OSError as trouble:
        half.unlink(missing_ok=True)
        raise Problem(
            f"写不进去：{trouble.strerror}。",
            place=str(out),
            remedy="请检查磁盘空间和目录权限。",
        ) from None


def _is_text(out: Path) -> bool:
    return out.suffix.lower() != ".docx"


def _paper(text: str) -> bytes:
    names = plan_texts.names()
    from liandong.plans.adapters import plan_docx  # noqa: PLC0415 -- Django woke up only now
    from liandong.plans.queries import contacts_blank  # noqa: PLC0415 -- as above

    plan = load(text)
    contacts = contacts_blank(plan, names)
    return plan_docx(plan, names=names, contacts=contacts, made_at=right_now())


def _kept(plan: str, out: Path) -> bytes:
    """A node's version, with who answers at its posts; telephones are for people who are signed in."""
    from liandong.kernel.actors import Actor  # noqa: PLC0415 -- as above
    from liandong.kernel.identity import this_node  # noqa: PLC0415 -- as above
    from liandong.plans.adapters import plan_docx  # noqa: PLC0415 -- as above
    from liandong.plans.queries import Book, contacts_of, plan_of  # noqa: PLC0415 -- as above

    version = plan_texts.version_named(plan)
    if _is_text(out):
        return version.text.encode()
    document, book, county = plan_of(version), Book(), this_node()
    return plan_docx(
        document,
        names=book.names,
        contacts=contacts_of(document, book, Actor(kind="person")),
        county=county.name if county else "",
        made_at=right_now(),
    )
