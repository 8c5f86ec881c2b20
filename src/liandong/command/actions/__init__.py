"""What command can do."""

from liandong.command.actions.action_plan import (
    draft_action_plan,
    drop_plan_task,
    edit_action_plan,
    order_plan_task,
    return_action_plan,
    set_plan_task,
    sign_action_plan,
    submit_action_plan,
)
from liandong.command.actions.answer import (
    accept_order,
    decline_order,
    finish_order,
    note_delivery,
    read_back_order,
    report_progress,
)
from liandong.command.actions.assignment import (
    assign_resource,
    release_resource,
    release_resources_in,
    release_resources_of,
)
from liandong.command.actions.attendee import (
    answer_invitation,
    give_opinion,
    join_consultation,
    leave_consultation,
)
from liandong.command.actions.call import read_back_call, register_call
from liandong.command.actions.choice import choose_fact
from liandong.command.actions.command_term import move_command
from liandong.command.actions.congress_filing import (
    file_with_congress,
    receive_congress_receipt,
)
from liandong.command.actions.consent import give_consent, refuse_consent
from liandong.command.actions.consultation import (
    close_consultation,
    open_consultation,
    record_minutes,
    sign_minutes,
    widen_consultation,
)
from liandong.command.actions.consultation_item import (
    decide_item,
    order_item,
    settle_item,
    withdraw_item,
)
from liandong.command.actions.correction import correct_incident
from liandong.command.actions.destroying import destroy_copies
from liandong.command.actions.digest import compile_digest, edit_digest, issue_digest
from liandong.command.actions.dispatch import dispatch_order, recall_dispatch
from liandong.command.actions.escalation import escalate_order
from liandong.command.actions.evacuation import list_households, move_households
from liandong.command.actions.field_handover import give_field_command, take_field_command
from liandong.command.actions.field_log import merge_field_log, write_field_log
from liandong.command.actions.field_people import (
    rest_field_people,
    resume_field_people,
    set_field_shift,
    sign_in_field_party,
    sign_out_field_people,
)
from liandong.command.actions.field_post import (
    appoint_field_commander,
    close_field_post,
    expand_field_post,
    note_field_adjustment,
    open_field_post,
    set_field_group,
)
from liandong.command.actions.incident import close_incident, open_incident, set_severity
from liandong.command.actions.incident_follow_up import call_incident_follow_up
from liandong.command.actions.instruction import (
    answer_instruction,
    order_instruction,
    read_back_instruction,
    record_instruction,
    urge_instruction,
)
from liandong.command.actions.link import link_incidents, unlink_incidents
from liandong.command.actions.location import locate_incident
from liandong.command.actions.merge import merge_incidents, split_incident
from liandong.command.actions.missing_person import (
    reopen_missing_person,
    report_missing_person,
    settle_missing_person,
)
from liandong.command.actions.nil_round import answer_nil_return, ask_nil_round, urge_nil_round
from liandong.command.actions.nil_standing import (
    ring_nil_standing,
    set_nil_standing,
    withdraw_nil_standing,
)
from liandong.command.actions.note import attach_incident_file, note_incident
from liandong.command.actions.operating_order import confirm_downstream, issue_operating_order
from liandong.command.actions.order import (
    amend_order,
    answer_counter_proposal,
    check_order,
    issue_order,
    recall_order,
    return_order,
)
from liandong.command.actions.order_phrase import drop_order_phrase, keep_order_phrase
from liandong.command.actions.part import hand_on_order, release_order, split_order
from liandong.command.actions.phone_record import take_up_phone_record
from liandong.command.actions.precaution import (
    adopt_precaution,
    end_precaution,
    pass_over_precaution,
    propose_precaution,
)
from liandong.command.actions.proposal import propose_level, record_incident_facts
from liandong.command.actions.replan import add_step, drop_step, reassign_step, take_alternative
from liandong.command.actions.report import (
    add_report,
    call_follow_up,
    correct_report,
    draft_report,
    explain_late_report,
    miss_report,
    request_review,
    send_report,
)
from liandong.command.actions.report_clock import set_report_clock, withdraw_report_clock
from liandong.command.actions.response import decide_response, end_response, sign_decision
from liandong.command.actions.route import draw_route, withdraw_route
from liandong.command.actions.signal import (
    climb_signal,
    dismiss_signal,
    hand_to_leader,
    paste_signal,
    raise_signal,
    take_signal,
)
from liandong.command.actions.special_period import (
    declare_special_period,
    extend_special_period,
    lapse_special_period,
    lift_special_period,
)
from liandong.command.actions.step import issue_due_steps, reissue_step, repeat_step
from liandong.command.actions.superior_order import (
    receive_superior_order,
    report_superior_order,
    withdraw_superior_order,
)
from liandong.command.actions.task import settle_task, urge_task
from liandong.command.actions.transfer import (
    accept_transfer,
    refuse_transfer,
    transfer_call,
    transfer_signal,
    urge_transfer,
)

__all__ = [
    "accept_order",
    "accept_transfer",
    "add_report",
    "add_step",
    "adopt_precaution",
    "amend_order",
    "answer_counter_proposal",
    "answer_instruction",
    "answer_invitation",
    "answer_nil_return",
    "appoint_field_commander",
    "ask_nil_round",
    "assign_resource",
    "attach_incident_file",
    "call_follow_up",
    "call_incident_follow_up",
    "check_order",
    "choose_fact",
    "climb_signal",
    "close_consultation",
    "close_field_post",
    "close_incident",
    "compile_digest",
    "confirm_downstream",
    "correct_incident",
    "correct_report",
    "decide_item",
    "decide_response",
    "declare_special_period",
    "decline_order",
    "destroy_copies",
    "dismiss_signal",
    "dispatch_order",
    "draft_action_plan",
    "draft_report",
    "draw_route",
    "drop_order_phrase",
    "drop_plan_task",
    "drop_step",
    "edit_action_plan",
    "edit_digest",
    "end_precaution",
    "end_response",
    "escalate_order",
    "expand_field_post",
    "explain_late_report",
    "extend_special_period",
    "file_with_congress",
    "finish_order",
    "give_consent",
    "give_field_command",
    "give_opinion",
    "hand_on_order",
    "hand_to_leader",
    "issue_digest",
    "issue_due_steps",
    "issue_operating_order",
    "issue_order",
    "join_consultation",
    "keep_order_phrase",
    "lapse_special_period",
    "leave_consultation",
    "lift_special_period",
    "link_incidents",
    "list_households",
    "locate_incident",
    "merge_field_log",
    "merge_incidents",
    "miss_report",
    "move_command",
    "move_households",
    "note_delivery",
    "note_field_adjustment",
    "note_incident",
    "open_consultation",
    "open_field_post",
    "open_incident",
    "order_instruction",
    "order_item",
    "order_plan_task",
    "pass_over_precaution",
    "paste_signal",
    "propose_level",
    "propose_precaution",
    "raise_signal",
    "read_back_call",
    "read_back_instruction",
    "read_back_order",
    "reassign_step",
    "recall_dispatch",
    "recall_order",
    "receive_congress_receipt",
    "receive_superior_order",
    "record_incident_facts",
    "record_instruction",
    "record_minutes",
    "refuse_consent",
    "refuse_transfer",
    "register_call",
    "reissue_step",
    "release_order",
    "release_resource",
    "release_resources_in",
    "release_resources_of",
    "reopen_missing_person",
    "repeat_step",
    "report_missing_person",
    "report_progress",
    "report_superior_order",
    "request_review",
    "rest_field_people",
    "resume_field_people",
    "return_action_plan",
    "return_order",
    "ring_nil_standing",
    "send_report",
    "set_field_group",
    "set_field_shift",
    "set_nil_standing",
    "set_plan_task",
    "set_report_clock",
    "set_severity",
    "settle_item",
    "settle_missing_person",
    "settle_task",
    "sign_action_plan",
    "sign_decision",
    "sign_in_field_party",
    "sign_minutes",
    "sign_out_field_people",
    "split_incident",
    "split_order",
    "submit_action_plan",
    "take_alternative",
    "take_field_command",
    "take_signal",
    "take_up_phone_record",
    "transfer_call",
    "transfer_signal",
    "unlink_incidents",
    "urge_instruction",
    "urge_nil_round",
    "urge_task",
    "urge_transfer",
    "widen_consultation",
    "withdraw_item",
    "withdraw_nil_standing",
    "withdraw_report_clock",
    "withdraw_route",
    "withdraw_superior_order",
    "write_field_log",
]
