"""Addresses of the office, one list per subject."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from motcua.faces.office.access import urls as access
from motcua.faces.office.account import urls as account
from motcua.faces.office.books import urls as books
from motcua.faces.office.calendars import urls as calendars
from motcua.faces.office.catalogue import decision_urls as catalogue_decisions
from motcua.faces.office.catalogue import import_urls as catalogue_imports
from motcua.faces.office.certification import views as certification
from motcua.faces.office.counter import notices
from motcua.faces.office.counter import views as counter
from motcua.faces.office.custody import urls as custody
from motcua.faces.office.deadlines import urls as deadlines
from motcua.faces.office.dossiers import listing
from motcua.faces.office.dossiers import views as dossiers
from motcua.faces.office.eforms import urls as eforms
from motcua.faces.office.figures import urls as figures
from motcua.faces.office.inbox import accepting
from motcua.faces.office.inbox import views as inbox
from motcua.faces.office.internal import urls as internal
from motcua.faces.office.offers import urls as offers
from motcua.faces.office.organisations import urls as organisations
from motcua.faces.office.papers import views as papers
from motcua.faces.office.processes import urls as processes
from motcua.faces.office.protection import urls as protection
from motcua.faces.office.rehearsals import urls as rehearsals
from motcua.faces.office.reviews import urls as reviews
from motcua.faces.office.session import views as session
from motcua.faces.office.staff import urls as staff
from motcua.faces.office.tasks import retrying, returning
from motcua.faces.office.tasks import views as tasks
from motcua.faces.office.work import bulk, stuck
from motcua.faces.office.work import saved as saved_views
from motcua.faces.office.work import views as work

app_name = "office"


class DeskFormConverter(StringConverter):
    """The two forms that a desk gives without taking anything in."""

    regex = "guidance|refusal"


register_converter(DeskFormConverter, "desk_form")

urlpatterns: list[URLPattern] = [
    *access.urlpatterns,
    *account.urlpatterns,
    *books.urlpatterns,
    *deadlines.urlpatterns,
    *eforms.urlpatterns,
    *figures.urlpatterns,
    *calendars.urlpatterns,
    *internal.urlpatterns,
    *custody.urlpatterns,
    *catalogue_decisions.urlpatterns,
    *catalogue_imports.urlpatterns,
    *offers.urlpatterns,
    *organisations.urlpatterns,
    *processes.urlpatterns,
    *protection.urlpatterns,
    *rehearsals.urlpatterns,
    *reviews.urlpatterns,
    *staff.urlpatterns,
    path("sign-in/", session.sign_in, name="login"),
    path("sign-out/", session.sign_out, name="logout"),
    path("", work.home, name="home"),
    path("work/export.<str:kind>", work.export, name="work-export"),
    path("work/views/", saved_views.views, name="work-views"),
    path("work/views/save/", saved_views.save, name="work-view-save"),
    path("work/views/change/", saved_views.change, name="work-view-change"),
    path("work/stuck/", stuck.listing, name="stuck"),
    path("work/stuck/note/", stuck.acknowledge, name="stuck-note"),
    path("work/bulk/", bulk.bulk, name="work-bulk"),
    path("work/bulk/done/", bulk.bulk_done, name="work-bulk-done"),
    path("work/bulk/undo/", bulk.undo, name="work-undo"),
    path("find/", listing.find, name="find"),
    path("inbox/", inbox.listing, name="inbox"),
    path("inbox/accept/", accepting.accept, name="inbox-accept"),
    path("inbox/<uuid:public_id>/", inbox.filing, name="filing"),
    path("inbox/<uuid:public_id>/accept/", inbox.accept, name="filing-accept"),
    path("inbox/<uuid:public_id>/supplement/", inbox.supplement, name="filing-supplement"),
    path("inbox/<uuid:public_id>/refuse/", inbox.refuse, name="filing-refuse"),
    path("counter/", counter.choose, name="counter"),
    path("counter/suggest/", counter.suggest, name="counter-suggest"),
    path("counter/forms/", notices.listing, name="desk-notices"),
    path("counter/forms/<uuid:public_id>/", notices.notice, name="desk-notice"),
    path("counter/forms/<uuid:public_id>/form.pdf", notices.paper, name="desk-notice-paper"),
    path("counter/<uuid:offer_id>/", counter.intake, name="intake"),
    path("counter/<uuid:offer_id>/<desk_form:kind>/", notices.write, name="desk-form"),
    path("certification/", certification.quick, name="certification"),
    path("certification/fee/", certification.fee, name="certification-fee"),
    path("certification/batch/", certification.batch, name="certification-batch"),
    path("certification/batch.pdf", certification.batch_sheet, name="certification-sheet"),
    path("certification/book.pdf", certification.book, name="certification-book"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("tasks/<uuid:task_id>/do/", tasks.do, name="task-do"),
    path("tasks/<uuid:task_id>/assign/", tasks.assign, name="task-assign"),
    path("tasks/<uuid:task_id>/try-again/", retrying.retry, name="task-retry"),
    path("tasks/<uuid:task_id>/return/", returning.return_to_step, name="task-return"),
    path("dossiers/", listing.register, name="register"),
    path("dossiers/export.<str:kind>", listing.export, name="register-export"),
    path("dossiers/<uuid:public_id>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:public_id>/taken-in/", dossiers.taken_in, name="taken-in"),
    path("dossiers/<uuid:public_id>/papers/<slug:kind>.pdf", dossiers.paper, name="paper"),
    path("dossiers/<uuid:public_id>/files/<uuid:file_id>/", dossiers.file, name="file"),
    path(
        "dossiers/<uuid:public_id>/files/<uuid:file_id>/pages/<int:page_number>/", dossiers.file_page, name="file-page"
    ),
    path("results/", listing.results, name="results"),
    path("procedures/papers/", papers.to_confirm, name="papers-to-confirm"),
    path("procedures/<str:code>/papers/", papers.sheet, name="papers-sheet"),
    path("procedures/<str:code>/papers/<str:since>/", papers.sheet, name="papers-sheet"),
]
