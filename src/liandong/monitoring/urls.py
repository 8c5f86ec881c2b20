"""Addresses of monitoring."""

from django.urls import path

from liandong.monitoring import panels
from liandong.monitoring.views import (
    filed_series,
    filings,
    issuing,
    register,
    stations,
    statistic_forms,
    warnings,
)

app_name = "monitoring"
urlpatterns = [
    path("stations/", stations.stations, name="stations"),
    path("stations/new/", register.register, name="register"),
    path("stations/sheet/", register.stations_sheet, name="stations_sheet"),
    path("stations/sheet/blank/", register.stations_blank, name="stations_blank"),
    path("stations/<str:code>/edit/", register.edit, name="edit_station"),
    path("stations/<str:code>/threshold/", register.bound, name="set_threshold"),
    path("stations/<str:code>/rainstorm/", register.rainstorm, name="set_rainstorm"),
    path("stations/<str:code>/", stations.station, name="station"),
    path("stations/<str:code>/hydrograph.json", stations.hydrograph, name="hydrograph"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/new/", warnings.draft, name="draft"),
    path("warnings/rules/", issuing.rules, name="issuing_rules"),
    path("warnings/rules/new/", issuing.set_rule, name="set_issuing_rule"),
    path("warnings/rules/<uuid:pk>/drop/", issuing.drop_rule, name="drop_issuing_rule"),
    path("warnings/words/", issuing.templates, name="warning_templates"),
    path(
        "warnings/words/<slug:hazard>/<str:level>/",
        issuing.set_template,
        name="set_warning_template",
    ),
    path(
        "warnings/words/own/<uuid:pk>/drop/",
        issuing.drop_template,
        name="drop_warning_template",
    ),
    path("warnings/<uuid:pk>/", warnings.warning, name="warning"),
    path("warnings/<uuid:pk>/issue/", warnings.issue, name="issue"),
    path("warnings/<uuid:pk>/adjust/", warnings.adjust, name="adjust"),
    path("warnings/<uuid:pk>/approve/", warnings.approve, name="approve"),
    path("warnings/<uuid:pk>/return/", warnings.send_back, name="return"),
    path("warnings/<uuid:pk>/lift/", warnings.lift, name="lift"),
    path("warnings/<uuid:pk>/discard/", warnings.discard, name="discard"),
    path("filings/", filings.filings, name="filings"),
    path("filings/new/", statistic_forms.new_form, name="new_statistic_form"),
    path("filings/of/<uuid:pk>/", filings.filing, name="filing"),
    path("filings/of/<uuid:pk>/nil/", filings.nil, name="file_nil"),
    path("filings/series/<uuid:pk>/", filed_series.filed_series, name="filed_series"),
    path("filings/series/<uuid:pk>/bound/", filed_series.filed_bound, name="filed_bound"),
    path("filings/<slug:key>/", filings.board, name="filing_board"),
    path("filings/<slug:key>/edit/", statistic_forms.edit_form, name="edit_statistic_form"),
    path("filings/<slug:key>/withdraw/", statistic_forms.withdraw_form, name="withdraw_form"),
    path("filings/<slug:key>/urge/", filings.urge, name="urge_filings"),
    path("filings/<slug:key>/sign/<uuid:body>/", filings.sign, name="sign_filings"),
    path("filings/<slug:key>/workbook/", filings.workbook, name="filings_workbook"),
    path("filings/<slug:key>/sheet/", filings.sheet, name="filings_sheet"),
    path("filings/<slug:key>/sheet/blank/", filings.sheet_blank, name="filings_blank"),
    path("panels/drafts/", panels.drafts_part, name="drafts_part"),
    path("panels/owed/", panels.owed_part, name="owed_part"),
    path("panels/active/", panels.active_part, name="active_part"),
    path("panels/strip/", panels.strip_part, name="strip_part"),
]
