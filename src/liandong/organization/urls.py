"""Addresses of the organization; ``/`` is the duty desk."""

from django.urls import path

from liandong.organization.views import (
    accounts,
    administrators,
    bodies,
    bodies_sheet,
    desk,
    me,
    moving,
    people,
    posts,
    sessions,
)

app_name = "organization"
urlpatterns = [
    path("", desk.desk, name="desk"),
    # In front of the account package's pages of the same addresses: the node lets nobody in by mail.
    path("accounts/email/", me.closed, name="email"),
    path("accounts/password/reset/", me.closed, name="forgotten"),
    path("organization/", bodies.bodies, name="bodies"),
    path("organization/bodies/sheet/", bodies_sheet.bodies_sheet, name="bodies_sheet"),
    path("organization/bodies/sheet/blank/", bodies_sheet.bodies_blank, name="bodies_blank"),
    path("organization/bodies/new/", bodies.create_body, name="create_body"),
    path("organization/bodies/<uuid:pk>/", bodies.body, name="body"),
    path("organization/bodies/<uuid:pk>/rename/", bodies.rename_body, name="rename_body"),
    path("organization/bodies/<uuid:pk>/duty/", bodies.set_duty, name="set_duty"),
    path("organization/bodies/<uuid:pk>/posts/new/", posts.create_post, name="create_post"),
    path("organization/posts/<uuid:pk>/roles/", posts.set_roles, name="set_roles"),
    path("organization/posts/<uuid:pk>/appoint/", posts.appoint, name="appoint"),
    path(
        "organization/appointments/<uuid:pk>/end/",
        posts.end_appointment,
        name="end_appointment",
    ),
    path("organization/appointments/<uuid:pk>/move/", moving.move, name="move"),
    path("organization/posts/<uuid:pk>/deputy/", moving.deputy, name="deputy"),
    path("organization/people/", people.people, name="people"),
    path("organization/people/new/", people.create_person, name="create_person"),
    path("organization/people/<uuid:pk>/", people.person, name="person"),
    path("organization/administrators/", administrators.administrators, name="administrators"),
    path("organization/accounts/", accounts.accounts, name="accounts"),
    path("organization/accounts/new/", accounts.create_account, name="create_account"),
    path("organization/accounts/device/", accounts.register_device, name="register_device"),
    path("organization/accounts/<uuid:pk>/", accounts.account, name="account"),
    path("organization/accounts/<uuid:pk>/lock/", accounts.lock_account, name="lock_account"),
    path(
        "organization/accounts/<uuid:pk>/unlock/",
        accounts.unlock_account,
        name="unlock_account",
    ),
    path(
        "organization/accounts/<uuid:pk>/password/",
        accounts.reset_password,
        name="reset_password",
    ),
    path(
        "organization/accounts/<uuid:pk>/second-factor/",
        accounts.reset_second_factor,
        name="reset_second_factor",
    ),
    path(
        "organization/accounts/<uuid:pk>/sessions/", accounts.end_sessions, name="end_sessions"
    ),
    path("organization/accounts/<uuid:pk>/token/", accounts.rotate_token, name="rotate_token"),
    path("organization/sessions/<uuid:pk>/end/", sessions.end_session, name="end_session"),
    path(
        "organization/me/sessions/<uuid:pk>/end/",
        sessions.end_own_session,
        name="end_own_session",
    ),
    path("organization/me/", me.me, name="me"),
    path("organization/me/post/", me.choose_post, name="choose_post"),
    path("organization/me/sessions/end/", me.end_own_sessions, name="end_own_sessions"),
]
