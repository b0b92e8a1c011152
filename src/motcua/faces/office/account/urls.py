"""Addresses of one's own sign-in, of the second page of signing in, and of the sign-ins of staff."""

from django.urls import URLPattern, path

from motcua.faces.office.account import recent, staff, views
from motcua.faces.office.session import outside, second

urlpatterns: list[URLPattern] = [
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/set-up/", second.set_up, name="second-set-up"),
    path("sign-in/with/<slug:code>/", outside.there, name="sign-on"),
    path("sign-in/with/<slug:code>/back/", outside.back, name="sign-on-back"),
    path("account/", views.overview, name="account"),
    path("account/confirm/", recent.confirm, name="account-confirm"),
    path("account/password/", views.password, name="account-password"),
    path("account/second-factor/", views.add_factor, name="account-factor"),
    path("account/second-factor/remove/", views.remove_factor, name="account-factor-remove"),
    path("account/recovery-codes/", views.codes, name="account-codes"),
    path("account/contact/", views.contact, name="account-contact"),
    path("account/contact/code/", views.contact_code, name="account-contact-code"),
    path("account/contact/<uuid:public_id>/remove/", views.remove_contact, name="account-contact-remove"),
    path("account/sessions/end-others/", views.end_others, name="account-sessions-end"),
    path("account/sessions/<uuid:public_id>/end/", views.end_session, name="account-session-end"),
    path("staff-accounts/", staff.listing, name="staff-accounts"),
    path("staff-accounts/<uuid:public_id>/", staff.reset, name="staff-account"),
]
