"""Where plans show themselves on pages of others."""

from django.utils.translation import gettext_lazy as _

from liandong.web import nav

nav.entry(_("预案"), "plans:plans", order=60, icon="file-text")
