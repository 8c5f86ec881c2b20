"""Deeds of the organization."""

from liandong.organization.actions.account import (
    create_account,
    end_sessions,
    lock_account,
    reset_password,
    reset_second_factor,
    unlock_account,
)
from liandong.organization.actions.bodies_sheet import (
    BodyRow,
    demand_seen,
    plan_bodies,
    take_bodies,
)
from liandong.organization.actions.body import (
    create_body,
    locate_body,
    merge_body,
    rename_body,
    set_duty,
)
from liandong.organization.actions.calendar import enter_calendar_year
from liandong.organization.actions.county import Administrator, found_county
from liandong.organization.actions.desk import (
    enroll_desk,
    join_shift,
    leave_shift,
    register_desk,
    renew_desk_code,
)
from liandong.organization.actions.device import register_device, rotate_token
from liandong.organization.actions.handover import (
    begin_handover,
    cancel_handover,
    give_shift,
    hand_on_items,
    take_shift,
)
from liandong.organization.actions.identity import (
    bind_account_identity,
    bind_identity,
    release_identity,
)
from liandong.organization.actions.intake import record_intake
from liandong.organization.actions.layout import (
    grant_usual_roles,
    lay_out_county,
    lay_out_posts,
)
from liandong.organization.actions.leave import end_leave, enter_leave, settle_leave
from liandong.organization.actions.leaving import remove_person
from liandong.organization.actions.moving import move_person
from liandong.organization.actions.own import (
    add_second_factor,
    change_password,
    end_own_sessions,
    sign_out,
    withdraw_second_factor,
)
from liandong.organization.actions.person import (
    appoint,
    create_person,
    end_appointment,
    settle_appointment,
)
from liandong.organization.actions.phone_record import (
    close_phone_record,
    follow_phone_record,
    link_phone_record,
    take_phone_record,
)
from liandong.organization.actions.post import RoleScope, create_post, set_roles
from liandong.organization.actions.responsibility import (
    ResponsibilitySpec,
    assign_responsibilities,
    assign_responsibility,
    end_responsibility,
    hand_on_responsibility,
)
from liandong.organization.actions.roll_call import answer_roll_call, begin_roll_call
from liandong.organization.actions.roster import (
    ShiftSpec,
    by_turns,
    lay_body_shifts,
    lay_shifts,
    swap_shift,
    withdraw_shift,
)
from liandong.organization.actions.roster_rule import (
    MOST_DAYS,
    RosterDraft,
    Turn,
    lay_by_rules,
    plan_by_rules,
    set_roster_rule,
    withdraw_roster_rule,
)
from liandong.organization.actions.roster_sheet import RosterRow, plan_roster, take_roster
from liandong.organization.actions.seating import (
    Seat,
    appoint_people,
    create_people,
    end_appointments,
)
from liandong.organization.actions.second_factor import set_second_factor_roles
from liandong.organization.actions.session import end_own_session, end_session, keep_session
from liandong.organization.actions.sign_in import (
    record_failed_sign_in,
    record_locked_sign_in,
    sign_in,
)
from liandong.organization.actions.signing import (
    prove,
    record_failed_signature,
    reset_pin,
    set_pin,
)
from liandong.organization.actions.swap import answer_swap, ask_swap, withdraw_swap

__all__ = [
    "MOST_DAYS",
    "Administrator",
    "BodyRow",
    "ResponsibilitySpec",
    "RoleScope",
    "RosterDraft",
    "RosterRow",
    "Seat",
    "ShiftSpec",
    "Turn",
    "add_second_factor",
    "answer_roll_call",
    "answer_swap",
    "appoint",
    "appoint_people",
    "ask_swap",
    "assign_responsibilities",
    "assign_responsibility",
    "begin_handover",
    "begin_roll_call",
    "bind_account_identity",
    "bind_identity",
    "by_turns",
    "cancel_handover",
    "change_password",
    "close_phone_record",
    "create_account",
    "create_body",
    "create_people",
    "create_person",
    "create_post",
    "demand_seen",
    "end_appointment",
    "end_appointments",
    "end_leave",
    "end_own_session",
    "end_own_sessions",
    "end_responsibility",
    "end_session",
    "end_sessions",
    "enroll_desk",
    "enter_calendar_year",
    "enter_leave",
    "follow_phone_record",
    "found_county",
    "give_shift",
    "grant_usual_roles",
    "hand_on_items",
    "hand_on_responsibility",
    "join_shift",
    "keep_session",
    "lay_body_shifts",
    "lay_by_rules",
    "lay_out_county",
    "lay_out_posts",
    "lay_shifts",
    "leave_shift",
    "link_phone_record",
    "locate_body",
    "lock_account",
    "merge_body",
    "move_person",
    "plan_bodies",
    "plan_by_rules",
    "plan_roster",
    "prove",
    "record_failed_sign_in",
    "record_failed_signature",
    "record_intake",
    "record_locked_sign_in",
    "register_desk",
    "register_device",
    "release_identity",
    "remove_person",
    "rename_body",
    "renew_desk_code",
    "reset_password",
    "reset_pin",
    "reset_second_factor",
    "rotate_token",
    "set_duty",
    "set_pin",
    "set_roles",
    "set_roster_rule",
    "set_second_factor_roles",
    "settle_appointment",
    "settle_leave",
    "sign_in",
    "sign_out",
    "swap_shift",
    "take_bodies",
    "take_phone_record",
    "take_roster",
    "take_shift",
    "unlock_account",
    "withdraw_roster_rule",
    "withdraw_second_factor",
    "withdraw_shift",
    "withdraw_swap",
]
