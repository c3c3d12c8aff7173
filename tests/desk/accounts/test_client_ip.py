"""An address is read in one spelling or not at all, whatever stands in a header."""

from ipaddress import ip_address

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desk.accounts.client_ip import client_ip, read_address
from desk.accounts.lockout import NAME
from tests.support.staff import member

pytestmark = pytest.mark.any_engine
PEER = "192.0.2.9"


def seen(settings, forwarded: str | None, peer: str = PEER, proxies: int = 1):
    settings.PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_ip(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:50001", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ('"203.0.113.7:1"', "203.0.113.7"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ('"[2001:db8::1]:443"', "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:443", "203.0.113.7"),
        *(
            (nonsense, PEER)
            for nonsense in (
                *("unknown", "_hidden", "", " ", "203.0.113.7:", "203.0.113", "[]"),
                *("203.0.113.007", "203.0.113.7:123456", "203.0.113.7/8", "\x00"),
                *("２０３.0.113.7", "[203.0.113.7", "fe80::1%", "1" * 5000),
                *("203.0.113.7" + "%" * 10**5, "203.0.113.7\x00", "a" * 10**5),
            )
        ),
    ],
)
def test_an_address_is_read_in_one_spelling(settings, written, address):
    assert seen(settings, written) == address


def test_only_our_own_proxies_are_believed(settings):
    chain = "198.51.100.1, unknown, 203.0.113.7:50001, [2001:db8::5]:1"
    assert seen(settings, chain, proxies=0) == PEER
    assert seen(settings, chain, proxies=1) == "2001:db8::5"
    assert seen(settings, chain, proxies=2) == "203.0.113.7"
    assert seen(settings, chain, proxies=3) == PEER
    assert seen(settings, chain, proxies=5) == PEER
    assert seen(settings, "198.51.100.1," * 10**5 + "203.0.113.7") == "203.0.113.7"


def test_without_a_peer_nobody_knows(settings):
    assert seen(settings, None, peer="") is None
    assert seen(settings, "unknown", peer="unix:") is None


@given(st.text(max_size=120))
def test_nothing_but_addresses_is_ever_read(written):
    address = read_address(written)
    assert address == "" or str(ip_address(address)) == address


FORWARDED = [
    "203.0.113.7:50001",
    "unknown",
    "[2001:db8::1]:443",
    "fe80::1%eth0",
    "x" * 10**5,
]


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", FORWARDED, ids=lambda text: text[:20])
def test_a_login_is_locked_whatever_the_proxy_writes(settings, forwarded):
    settings.PROXIES = 1
    user = member("editor")
    client = Client()
    answers = [
        client.post(
            reverse("admin:login"),
            {"username": user.username, "password": "wrong"},
            headers={"x-forwarded-for": forwarded},
        ).status_code
        for _ in range(NAME.free + 1)
    ]
    assert answers == [200] * NAME.free + [429]
