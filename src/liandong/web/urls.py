"""Addresses of the chrome's own pages."""

from django.urls import path

from liandong.web.views import (
    basemap,
    chrome,
    gallery,
    journal,
    maps,
    operations,
    presence,
    search,
    trust,
)

app_name = "web"
urlpatterns = [
    path("map/", maps.page, name="map"),
    path("map/layers/<slug:key>.json", maps.layer, name="map_layer"),
    path("map/around/", maps.around, name="map_around"),
    path("map/measure/", maps.measure, name="map_measure"),
    path("map/plain/", maps.plain_part, name="map_plain"),
    path("map/sheet/", maps.sheet, name="map_sheet"),
    path("map/sheet.svg", maps.sheet_svg, name="map_sheet_svg"),
    path("map/basemap/", basemap.manage, name="basemap"),
    path("map/basemap/<slug:digest>.geojson", basemap.drawing, name="map_drawing"),
    path("map/basemap/<slug:digest>.pmtiles", basemap.tiles, name="map_tiles"),
    path("search/", search.search, name="search"),
    path("nav/", chrome.nav, name="nav"),
    path("presence/", presence.writers, name="presence"),
    path("language/", chrome.language, name="language"),
    path("journal/", journal.entries, name="journal"),
    path("journal/<int:position>/", journal.entry, name="entry"),
    path("journal/<int:position>/erase/", journal.erase, name="erase"),
    path("operations/", operations.board, name="operations"),
    path("operations/timers/<uuid:timer>/ring/", operations.ring, name="ring"),
    path("operations/deliveries/<int:delivery>/retry/", operations.retry, name="retry"),
    path("trust/", trust.trust, name="trust"),
    path("trust/ca.crt", trust.authority, name="authority"),
    path("gallery/", gallery.components, name="gallery"),
]
