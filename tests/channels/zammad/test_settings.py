"""Settings of the ticket door that cannot be true are refused, and the token stays out of every message."""

from datetime import timedelta
from typing import Any

import pytest

from dplmaild.channels.zammad import ZammadSettings, ZammadSettingsError
from dplmaild.ports import DplmaildError

SECRET = "s3cr3t-t0ken"


def settings(**given: Any) -> ZammadSettings:
    return ZammadSettings(**({"url": "https://desk.example.com", "token": SECRET} | given))


@pytest.mark.parametrize(
    ("url", "api"),
    [
        pytest.param("https://desk.example.com", "https://desk.example.com/api/v1/", id="the address people open"),
        pytest.param("https://desk.example.com/", "https://desk.example.com/api/v1/", id="with a closing slash"),
        pytest.param("https://desk.example.com/api/v1", "https://desk.example.com/api/v1/", id="the root of the API"),
        pytest.param("https://desk.example.com/api/v1/", "https://desk.example.com/api/v1/", id="root and slash"),
        pytest.param("https://example.com/desk", "https://example.com/desk/api/v1/", id="below a path"),
        pytest.param("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v1/", id="this machine, plain"),
        pytest.param("http://[::1]:8080", "http://[::1]:8080/api/v1/", id="this machine by IPv6"),
        pytest.param("http://localhost", "http://localhost/api/v1/", id="this machine by name"),
    ],
)
def test_url_leads_to_the_api(url: str, api: str) -> None:
    assert settings(url=url).api_url == api


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"url": ""}, id="no url"),
        pytest.param({"url": "desk.example.com"}, id="no scheme"),
        pytest.param({"url": "ftp://desk.example.com"}, id="another scheme"),
        pytest.param({"url": "http://desk.example.com"}, id="plain http to another machine"),
        pytest.param({"url": "http://127.0.0.1.example.com"}, id="plain http to a name that looks like this machine"),
        pytest.param({"url": f"https://bot:{SECRET}@desk.example.com"}, id="user and password inside"),
        pytest.param({"url": f"https://desk.example.com?token={SECRET}"}, id="a query"),
        pytest.param({"url": "https://desk.example.com/ tickets"}, id="a blank inside"),
        pytest.param({"url": "https://desk.example.com:port"}, id="a port that is none"),
        pytest.param({"url": "https://[::1"}, id="an open bracket"),
        pytest.param({"token": ""}, id="no token"),
        pytest.param({"token": f"{SECRET}\n"}, id="a token with the file's line end"),
        pytest.param({"token": f"{SECRET} x"}, id="a token with a blank"),
        pytest.param({"token": f"{SECRET}é"}, id="a token that no header can carry"),
        pytest.param({"read_timeout": 0.0}, id="no read timeout"),
        pytest.param({"connect_timeout": -1.0}, id="a negative connect timeout"),
        pytest.param({"settle_seconds": 0.0}, id="no settle time"),
        pytest.param({"overlap": timedelta(seconds=-1)}, id="a negative overlap"),
    ],
)
def test_what_cannot_be_true_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ZammadSettingsError) as refused:
        settings(**wrong)
    assert isinstance(refused.value, DplmaildError)
    assert SECRET not in str(refused.value)


def test_token_is_not_shown() -> None:
    assert SECRET not in repr(settings())
    assert settings().host == "desk.example.com"
