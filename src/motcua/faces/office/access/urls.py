"""Addresses of the roles that stand apart, included by the office."""

from django.urls import path

from motcua.faces.office.access import completion, handover, inspections, purposes, queue, watching

urlpatterns = [
    path("completion/", completion.completion, name="completion"),
    path("dossiers/<uuid:public_id>/purpose/", purposes.purpose, name="purpose"),
    path("results/<uuid:public_id>/", handover.hand_over, name="hand-over"),
    path("queue/", queue.listing, name="queue"),
    path("queue/<uuid:task_id>/", queue.prepare, name="queue-task"),
    path("inspection-orders/", inspections.orders, name="inspection-orders"),
    path("inspection-orders/<uuid:public_id>/revoke/", inspections.revoke, name="inspection-order-revoke"),
    path("inspections/", inspections.home, name="inspections"),
    path("inspections/<uuid:public_id>/", inspections.order, name="inspection"),
    path("inspections/samples/<uuid:public_id>/", inspections.sample, name="inspection-sample"),
    path("unusual-readings/", watching.listing, name="unusual-readings"),
    path("unusual-readings/<uuid:public_id>/", watching.unusual, name="unusual-reading"),
]
