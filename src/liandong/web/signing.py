"""Signatures on a shared machine: which fields ask for one, and what came of it."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from liandong.kernel.problems import Problem
from liandong.web.forms import DeedForm, FaceForm
from liandong.web.requests import is_htmx

SIGNER, CODE = "signer", "signing_code"
UNTOUCHED = {"csrfmiddlewaretoken", SIGNER, CODE}


@dataclass
class Signing:
    """What a request on a shared machine knows of its signature: who may give one, who did not.

    ``problem`` says why the signature that was given does not count.
    """

    signers: list[tuple[str, str]]
    chosen: str = ""
    problem: Problem | None = None


def signing_of(request: HttpRequest) -> Signing | None:
    """What is known of signatures here; None where everybody signs by being signed in."""
    found = getattr(request, "signing", None)
    return found if isinstance(found, Signing) else None


def given(data: QueryDict) -> tuple[str, str]:
    """Signer and code as a form carried them, whatever its prefix; blank where it asked for none."""
    for name in data:
        if name == CODE or name.endswith(f"-{CODE}"):
            prefix = name.removesuffix(CODE)
            return data.get(f"{prefix}{SIGNER}", ""), data.get(name, "")
    return "", ""


def ask(form: DeedForm, signing: Signing) -> None:
    """Let a form ask who signs, and for their PIN or code. Does nothing the second time."""
    if CODE in form.fields:
        return
    form.fields.update(_fields(signing))
    vars(form)["widths"] = {**form.widths, SIGNER: "half", CODE: "half"}


def sign_page(request: HttpRequest, signing: Signing, wanted: Problem) -> HttpResponse:
    """Ask for the signature that a plain button carries no field for, and send the deed again."""
    form = FaceForm(initial={SIGNER: signing.chosen}, auto_id="sign-%s")
    form.fields.update(_fields(signing))
    around = {
        "form": form,
        "action": request.get_full_path(),
        "problem": signing.problem or wanted,
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in UNTOUCHED
            for value in values
        ],
    }
    name = "web/components/sign_form.html" if is_htmx(request) else "web/sign.html"
    response = render(request, name, around, status=wanted.status)
    if is_htmx(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#main", "innerHTML"
    return response


def _fields(signing: Signing) -> dict[str, forms.Field]:
    choices = signing.signers or [("", str(_("还没有人签到")))]
    code = forms.CharField(
        label=_("签名口令或动态码"),
        required=False,
        max_length=60,
        strip=False,
        widget=forms.PasswordInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    signer = forms.ChoiceField(
        label=_("签名人"), choices=choices, required=False, initial=signing.chosen
    )
    return {SIGNER: signer, CODE: code}
