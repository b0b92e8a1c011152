"""Addresses of the portal; Vietnamese words, because citizens read and dictate them."""

from django.urls import include, path

from motcua.faces.portal.browse import views as browse
from motcua.faces.portal.decisions import views as decisions
from motcua.faces.portal.home import views as home
from motcua.faces.portal.offices import views as offices
from motcua.faces.portal.pages import views as pages
from motcua.faces.portal.preferences import views as preferences
from motcua.faces.portal.procedure import views as procedure
from motcua.faces.portal.publishing import views as publishing
from motcua.faces.portal.search import views as search

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", search.search, name="search"),
    path("thu-tuc/goi-y/", search.suggest, name="suggest"),
    path("thu-tuc/tat-ca/", browse.browse, name="browse"),
    path("thu-tuc/a-z/", browse.a_to_z, name="a_to_z"),
    path("thu-tuc/du-lieu-mo/", publishing.open_data_page, name="open_data"),
    path("thu-tuc/danh-muc.<slug:kind>", publishing.listing, name="listing"),
    path("thu-tuc/niem-yet.pdf", publishing.poster_set, name="poster_set"),
    path("thu-tuc/<str:code>/", procedure.procedure, name="procedure"),
    path("thu-tuc/<str:code>/niem-yet.pdf", publishing.poster, name="poster"),
    path("thu-tuc/<str:code>/ma-qr.svg", publishing.code_picture, name="qr_code"),
    path("sitemap.xml", publishing.site_map, name="site_map"),
    path("robots.txt", publishing.robots, name="robots"),
    path("quyet-dinh/", decisions.listing, name="decisions"),
    path("quyet-dinh/danh-muc.csv", decisions.as_csv, name="decisions_csv"),
    path("quyet-dinh/xem-truoc/<uuid:item_id>/", decisions.preview, name="procedure_preview"),
    path("quyet-dinh/<uuid:public_id>/", decisions.decision, name="decision"),
    path("quyet-dinh/<uuid:public_id>/tep/", decisions.file, name="decision_file"),
    path("noi-tiep-nhan/", offices.office_list, name="offices"),
    path("noi-tiep-nhan/<uuid:public_id>/", offices.office_page, name="office"),
    path("tro-giup/", pages.help_page, name="help"),
    path("kha-nang-tiep-can/", pages.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", pages.privacy, name="privacy"),
    path("cach-xem/", preferences.choose, name="preferences"),
    path("nop-ho-so/", include("motcua.faces.portal.apply.urls")),
    path("", include("motcua.faces.portal.account.urls")),
    path("", include("motcua.faces.portal.track.urls")),
]
