"""The door: who is let in, from where, and what every answer carries."""

import socket
from collections.abc import Callable

import pytest
from page_client import Page


def test_the_link_opens_the_page_once_and_becomes_a_cookie_that_no_script_and_no_other_site_gets(
    serve: Callable[..., Page],
) -> None:
    page = serve()
    answer = page.client.get(page.server.address)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    page.client.cookies.clear()

    assert page.client.get(page.server.address).status_code == 403
    assert page.client.get("/").status_code == 403


@pytest.mark.parametrize("path", ["/", "/read/{memo}", "/static/page.js", "/static/htmx.min.js", "/nothing"])
def test_without_the_cookie_nothing_is_read(serve: Callable[..., Page], memo: str, path: str) -> None:
    page = serve()
    answer = page.client.get(path.format(memo=memo))
    assert answer.status_code == 403
    assert "Dana" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1.nip.io:{port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_with_the_cookie_but_by_another_name_or_from_elsewhere_nothing_is_read_and_nothing_changed(
    page: Page, memo: str, headers: dict[str, str]
) -> None:
    named = {name: value.format(port=page.port) for name, value in headers.items()}
    panel = page.read(memo)

    read = page.client.get(f"/read/{memo}", headers=named)
    changed = page.client.post(
        f"/read/{memo}", data={"token": page.token, "act": "leave", "turn": panel.turn}, headers=named
    )

    for answer in (read, changed):
        assert answer.status_code in (403, 421)
        assert "Dana" not in answer.text
    assert page.read(memo).turn == panel.turn


def test_a_change_without_an_origin_or_without_its_token_is_none(page: Page, memo: str) -> None:
    panel = page.read(memo)
    fields = {"act": "leave", "turn": panel.turn}
    del page.client.headers["Origin"]
    assert page.client.post(f"/read/{memo}", data={**fields, "token": page.token}).status_code == 403
    page.client.headers["Origin"] = page.base
    assert page.client.post(f"/read/{memo}", data=fields).status_code == 403
    assert page.client.post(f"/read/{memo}", data={**fields, "token": "x" * 43}).status_code == 403
    assert page.client.post(f"/read/{memo}", content=b"\xff" * 10).status_code == 403
    assert page.client.post(f"/read/{memo}", content=b"a=" + b"b" * 100_000).status_code == 403

    assert page.read(memo).turn == panel.turn


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_ways_to_ask_are_refused(page: Page, memo: str, method: str) -> None:
    assert page.client.request(method, f"/read/{memo}").status_code == 405
    assert page.server._house.reading(memo) is None


def test_every_answer_forbids_scripts_from_elsewhere_frames_and_keeping(page: Page, serve: Callable[..., Page]) -> None:
    for answer in (page.get("/"), page.get("/static/page.css"), page.get("/nothing"), serve().client.get("/")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_it_is_served_on_this_machine_s_own_addresses_and_no_other(page: Page) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as there:
            there.settimeout(2)
            there.connect((address, page.port))
    bound = {each.getsockname()[0] for each in page.server._sockets}
    assert bound <= {"127.0.0.1", "::1"}


def test_a_page_holds_no_script_or_style_in_it_and_nothing_from_elsewhere(page: Page, memo: str) -> None:
    for path in ("/", f"/read/{memo}"):
        document = page.look(path)
        assert not document.xpath("//script[not(@src)] | //style | //@style | //@onclick | //@onload")
        for address in document.xpath("//@src | //link/@href | //form/@action"):
            assert address.startswith("/")


def test_the_server_ends_by_itself_when_the_last_page_was_closed_a_while_ago(serve: Callable[..., Page]) -> None:
    page = serve(linger=0.6)
    page.thread.join(10)

    assert not page.thread.is_alive()


def test_what_other_servers_of_this_machine_keep_in_the_browser_does_not_lock_the_rep_out(page: Page) -> None:
    ours = page.client.cookies[f"aftercall-{page.port}"]
    page.client.cookies.clear()

    for others in ('a="{\\"x\\": [1, 2]}"; ', "=; ;; \xe9=\xff; ", f"aftercall-{page.port}=wrong; "):
        cookie = f"{others}aftercall-{page.port}={ours}".encode("latin-1")
        assert page.client.get("/", headers={"Cookie": cookie}).status_code == 200
    assert page.client.get("/", headers={"Cookie": f"aftercall-{page.port}={ours[:-1]}"}).status_code == 403
