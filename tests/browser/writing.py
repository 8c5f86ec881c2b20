"""How a person writes a plan in the editor, by what the page calls things."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.people import Person


@dataclass(frozen=True)
class Clause:
    """One clause as a plan on paper has it: a figure, from and below how many."""

    fact: str
    least: str
    below: str = ""
    cite: str = ""


def choose(person: Person, label: str, value: str, within: Locator) -> None:
    """Choose by typing, then leave the box, as whoever fills in a form does."""
    box = person.field(label, within).last
    box.fill(value)
    person.page.get_by_role("option", name=value, exact=True).click()


def write(person: Person, label: str, value: str, within: Locator) -> None:
    box = person.field(label, within).last
    box.fill(value)
    box.press("Tab")


def begin(person: Person, *, title: str, key: str, hazard: str, headquarters: str) -> None:
    """Begin a plan from nothing."""
    person.open("/plans/")
    person.follow("起草预案")
    form = person.page.locator("main form")
    person.fill(form, 名称=title, 代号=key)
    choose(person, "灾种", hazard, form)
    choose(person, "由哪个指挥部指挥", headquarters, form)
    person.press("开始写")
    expect(person.page.get_by_role("heading", name=title)).to_be_visible()


def add_level(person: Person, name: str) -> Locator:
    person.page.get_by_label("加哪一级").select_option(label=name)
    person.press("加一级")
    form = person.page.locator("#editor-level")
    expect(form.get_by_role("heading", name=f"改{name}")).to_be_visible()
    return form


def add_clause(person: Person, clause: Clause) -> None:
    """Fill in the last, empty clause of the level; the page says it back."""
    form = person.page.locator("#editor-level")
    box = form.locator(".clause-box").last
    choose(person, "事实", clause.fact, box)
    person.field("怎样比", box).select_option(label="以上、以下" if clause.below else "以上")
    write(person, "多少", clause.least, box)
    if clause.below:
        write(person, "上限", clause.below, box)
    said = re.compile(rf"{re.escape(clause.fact.partition('（')[0])}.* {clause.least} ")
    expect(form.locator(".clause-box", has_text=said)).to_be_visible()


def settle_level(
    person: Person,
    *,
    decides: str,
    proposes: str,
    expected: str,
    informs: str = "",
    not_read: str = "",
) -> None:
    """Who decides, proposes and is told; ``not_read`` says that the paper at hand leaves the level out."""
    form = person.page.locator("#editor-level")
    if not_read:
        own = form.locator("form[data-form=level]")
        person.field("依据", own).select_option(label="原文未载")
        write(person, "出处", not_read, own)
    choose(person, "谁决定", decides, form)
    choose(person, "谁建议", proposes, form)
    if informs:
        choose(person, "报告谁", informs, form)
        write(person, "多久之内", "30分钟", form)
    write(person, "预计期限", expected, form)
    person.follow("收起", form)


def add_step(
    person: Person,
    words: str,
    to: str,
    finish: str = "",
    *,
    every: str = "",
    proof: str = "文字",
) -> None:
    """An order with its deadlines, or, where it comes ``every`` so often, a report."""
    person.press("加一步")
    form = person.page.locator("#editor-step")
    expect(form).to_be_visible()
    expect(person.field("内容", form)).to_have_value("")
    choose(person, "交给谁", to, form)
    write(person, "内容", words, form)
    if every:
        person.field("做法", form).select_option(label="报告")
        write(person, "每隔多久一次", every, form)
    else:
        write(person, "复诵限", "10分钟", form)
        write(person, "完成限", finish, form)
        form.locator("form[data-form=step]").get_by_label(proof).check()
    expect(person.page.locator("#editor-step h2")).to_have_text(words)
