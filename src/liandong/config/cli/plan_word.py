"""``plan export`` and ``plan import``: plans out to Word files and in from them."""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from liandong.config.cli import plan_texts, printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.homes import node, right_now
from liandong.kernel.problems import Problem
from liandong.plans.language import load

KINDS: Final = (".docx", ".yaml", ".yml")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app,
        export,
        about="把一部预案写成 Word 文档（章节、启动条件及审批权限表、措施表、工作组、通讯联络表、来源说明）或 YAML。",
    )


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
        content = text.encode() if _is_text(out) else _paper(text, home)
    put(out, content)
    if as_json:
        printing.show_json({"ok": True, "file": str(out), "bytes": len(content)})
    else:
        printing.good(f"已写到 {out}。")


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


def _paper(text: str, home: Path) -> bytes:
    names = plan_texts.names(home)
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
