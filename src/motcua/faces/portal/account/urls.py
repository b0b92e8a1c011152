"""Addresses of the account."""

from django.urls import path

from motcua.faces.portal.account import forgotten, held, outside, own, roles, sign_in

urlpatterns = [
    path("dang-nhap/", sign_in.login, name="login"),
    path("dang-nhap/ma/", sign_in.login_code, name="login-code"),
    path("dang-nhap/gui-lai/", sign_in.again, name="login-again"),
    path("dang-nhap/tai-khoan-moi/", sign_in.new_account, name="new-account"),
    path("dang-nhap/mat-khau/", sign_in.password, name="login-password"),
    path("dang-nhap/qua/<slug:code>/", outside.there, name="sign-on"),
    path("dang-nhap/qua/<slug:code>/ve/", outside.back, name="sign-on-back"),
    path("quen-mat-khau/", forgotten.forgotten, name="forgotten"),
    path("quen-mat-khau/ma/", forgotten.new_password, name="new-password"),
    path("tai-khoan/", own.overview, name="account"),
    path("tai-khoan/mat-khau/", own.password, name="account-password"),
    path("tai-khoan/lien-he/", own.contact, name="account-contact"),
    path("tai-khoan/lien-he/ma/", own.contact_code, name="account-contact-code"),
    path("tai-khoan/lien-he/<uuid:public_id>/bo/", own.remove_contact, name="account-contact-remove"),
    path("tai-khoan/phien/ket-thuc/", own.end_others, name="account-sessions-end"),
    path("tai-khoan/phien/<uuid:public_id>/ket-thuc/", own.end_session, name="account-session-end"),
    path("tai-khoan/du-lieu/", held.held, name="held"),
    path("tai-khoan/du-lieu/tai-ve.<str:kind>", held.export, name="held-export"),
    path("tai-khoan/du-lieu/sua/", held.correct, name="held-correct"),
    path("tai-khoan/du-lieu/yeu-cau/<uuid:public_id>/giay/", held.evidence, name="held-evidence"),
    path("tai-khoan/vai-tro/", roles.roles, name="roles"),
    path("tai-khoan/vai-tro/chon/", roles.switch, name="role-switch"),
    path("tai-khoan/vai-tro/them/<slug:kind>/", roles.add, name="role-add"),
    path("tai-khoan/vai-tro/<uuid:public_id>/tra-loi/", roles.answer, name="role-answer"),
    path("tai-khoan/vai-tro/<uuid:public_id>/ket-thuc/", roles.end, name="role-end"),
    path("tai-khoan/vai-tro/<uuid:public_id>/giay/", roles.document, name="role-document"),
]
