"""Where a publisher's server may lead, and how codes become conditions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.build.fetch.addresses import check_address, check_hop, is_private
from mapping.build.fetch.council_codes import AT_ONCE, conditions
from mapping.errors import ServiceError

OPEN = "https://151.101.0.144/file"
"""An address of the open net."""
PRIVATE = (
    "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 0.0.0.0 ::1 fe80::1 fd00::1 ::ffff:10.0.0.1 "
    "localhost 64:ff9b::7f00:1 2002:0a00:0001:: 224.0.0.1"
)


@pytest.mark.parametrize("host", PRIVATE.split())
def test_private_hosts_are_known_and_not_led_to(host):
    assert is_private(host)
    address = f"https://[{host}]/" if ":" in host else f"https://{host}/"
    with pytest.raises(ServiceError, match=r"private network: not followed\. Correct the address"):
        check_hop(OPEN, address, is_http_allowed=False)


@pytest.mark.parametrize("host", ["8.8.8.8", "151.101.0.144", "2606:4700::1111", "64:ff9b::808:808"])
def test_open_hosts_are_led_to(host):
    assert not is_private(host)
    check_hop(OPEN, f"https://[{host}]/" if ":" in host else f"https://{host}/", is_http_allowed=False)


def test_a_private_network_may_lead_into_itself():
    check_hop("https://10.0.0.1/", "https://10.0.0.2/", is_http_allowed=False)


@pytest.mark.parametrize(
    "led",
    [
        "http://8.8.8.8/",
        "file:///etc/passwd",
        "ftp://8.8.8.8/",
        "https:///x",
        "https://[",
        "https://x..example/",
        f"https://{'x' * 70}.example/",
        "https://8.8.8.8:99999/",
    ],
)
def test_only_https_is_led_to(led):
    with pytest.raises(ServiceError, match="not followed"):
        check_hop(OPEN, led, is_http_allowed=False)
    with pytest.raises(ServiceError, match="is not an address of https"):
        check_address(led, is_http_allowed=False)


def test_http_is_allowed_where_the_registry_says_so():
    check_address("http://8.8.8.8/", is_http_allowed=True)
    check_hop(OPEN, "http://8.8.8.8/", is_http_allowed=True)


@given(st.sets(st.integers(0, 99_999_999).map("E{:08d}".format), max_size=200))
def test_conditions_ask_for_every_code_once(codes):
    asked = conditions("LSOA21CD", codes)
    listed = [code for each in asked for code in re.findall(r"'(E\d{8})'", each)]
    assert listed == sorted(codes)
    assert len(asked) == -(-len(codes) // AT_ONCE)
    assert all(re.fullmatch(r"LSOA21CD IN \('E\d{8}'(,'E\d{8}')*\)", each) for each in asked)


def test_what_is_no_code_is_not_asked_for():
    assert conditions("LSOA21CD", ["E01000001", "') OR 1=1 --", "W01000001"]) == ["LSOA21CD IN ('E01000001')"]
