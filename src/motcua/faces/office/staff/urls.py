"""Addresses of people, posts, leave, handovers and staffing."""

from django.urls import URLPattern, path

from motcua.faces.office.staff import leave, people, posts, staffing

urlpatterns: list[URLPattern] = [
    path("staff/", people.listing, name="staff"),
    path("staff/export.<str:kind>", people.export, name="staff-export"),
    path("staff/new/", people.new, name="staff-new"),
    path("staff/people/<uuid:public_id>/", people.person, name="staff-person"),
    path("staff/people/<uuid:public_id>/start-password/", people.start_password, name="staff-start-password"),
    path("staff/people/<uuid:public_id>/certificate/", people.certificate, name="staff-certificate"),
    path("staff/people/<uuid:public_id>/post/", posts.give, name="staff-give"),
    path("staff/people/<uuid:public_id>/posts/<uuid:holding_id>/end/", posts.end, name="staff-end"),
    path("staff/people/<uuid:public_id>/posts/<uuid:holding_id>/work/", posts.work, name="staff-work"),
    path("staff/people/<uuid:public_id>/leave/", leave.enter, name="staff-leave"),
    path("staff/units/<uuid:public_id>/", posts.unit, name="staff-unit"),
    path("staff/units/<uuid:public_id>/posts/<uuid:post_id>/end/", posts.end_post, name="staff-post-end"),
    path("staff/handovers/<uuid:public_id>/", posts.record, name="handover"),
    path("leave/", leave.listing, name="leave"),
    path("leave/new/", leave.mine, name="leave-new"),
    path("leave/<uuid:public_id>/", leave.absence, name="absence"),
    path("staffing/", staffing.listing, name="staffing"),
    path("staffing/export.<str:kind>", staffing.export, name="staffing-export"),
    path("staffing/numbers/", staffing.numbers, name="staffing-numbers"),
]
