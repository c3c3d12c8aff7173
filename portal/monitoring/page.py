"""/metrics, for those who watch over the portal and for nobody else."""

import os
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from desk.accounts.client_ip import read_address
from portal.monitoring.counts import COUNTED
from portal.monitoring.readings import StateCollector

BY_SOCKET = "unix"
FOLDER_OF_WORKERS = "PROMETHEUS_MULTIPROC_DIR"


def metrics(request: HttpRequest) -> HttpResponse:
    """All metrics in the text format of Prometheus."""
    counts = COUNTED
    if os.environ.get(FOLDER_OF_WORKERS):
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    state = CollectorRegistry()
    state.register(StateCollector())
    body = generate_latest(counts) + generate_latest(state)
    return HttpResponse(body, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_read_metrics(request: HttpRequest) -> bool:
    """True for an address of METRICS_FROM that asks by itself: what came through a
    proxy is a reader's, whatever machine the proxy runs on. Who asks by a Unix socket
    has no address, and is meant by the word `unix`.
    """
    if request.method != "GET" or "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    if not peer:
        return BY_SOCKET in settings.METRICS_FROM
    named = (one for one in settings.METRICS_FROM if one != BY_SOCKET)
    networks = (ip_network(one, strict=False) for one in named)
    return any(ip_address(peer) in network for network in networks)
