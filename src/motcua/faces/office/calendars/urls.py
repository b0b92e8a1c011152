"""Addresses of calendars, downtimes, rosters and rules."""

from django.urls import URLPattern, path

from motcua.faces.office.calendars import registers, ruling, views

urlpatterns: list[URLPattern] = [
    path("calendars/", views.calendar, name="calendars"),
    path("calendars/change/", views.change, name="calendar-change"),
    path("calendars/changes/<int:change_id>/", views.done, name="calendar-done"),
    path("calendars/history/", views.history, name="calendar-history"),
    path("calendars/year.<str:kind>", views.export, name="calendar-export"),
    path("calendars/rules/", ruling.rules, name="deadline-rules"),
    path("calendars/rules/change/", ruling.change, name="deadline-rule-change"),
    path("calendars/rules/history/", ruling.history, name="deadline-rule-history"),
    path("calendars/downtimes/", registers.downtimes, name="downtimes"),
    path("calendars/downtimes/<int:downtime_id>/end/", registers.end_downtime, name="downtime-end"),
    path("calendars/downtimes/<int:downtime_id>/withdraw/", registers.withdraw_downtime, name="downtime-withdraw"),
    path("calendars/rosters/", registers.rosters, name="rosters"),
    path("calendars/rosters/<int:turn_id>/end/", registers.remove_turn, name="turn-end"),
]
