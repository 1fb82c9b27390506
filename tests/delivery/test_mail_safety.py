"""Nothing that people wrote can become a header, an address or a line of its own."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.delivery.answers import LONGEST, for_the_record
from activities.delivery.letter import LONGEST_SUBJECT, Letter, message_id_for, subject_line
from activities.delivery.wire import UnfitForMail, mail_bytes, sender_address

SENDER = sender_address("Forthwith <forthwith@example.org>")
ADDRESS = "anna.reed@example.org"
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
TRAPS = (
    "=?utf-8?q?x=0D=0ABcc:victim@example.org?=",
    "=?utf-8?b?eA0KQmNjOiB2aWN0aW1AZXhhbXBsZS5vcmc=?=",
    "Report\r\nBcc: victim@example.org",
    "Report\nBcc: victim@example.org",
    "Report\u2028Bcc: victim@example.org",
    "Report\x0bBcc: victim@example.org\x00",
    "Reed, Anna <victim@example.org>, Ä",
    '"Anna" <victim@example.org>',
    "Ä" * 200 + ", =?utf-8?q?=0ABcc:a?= <victim@example.org>",
    "\ud800 lone surrogate",
    "=?" * 23 + "<a@b.c>",
)


def letter(name: str = "Anna Reed", subject: str = "Due", text: str = "Dear Anna,\n") -> Letter:
    return Letter(name, subject, text, message_id_for("a message"), datetime(2016, 6, 15, 8, tzinfo=UTC))


def must_be_one_safe_mail(written: bytes) -> None:
    head = written.split(b"\r\n\r\n", 1)[0]
    names = [line.split(b":")[0].decode() for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert sorted(names) == sorted(HEADERS)
    for line in written.split(b"\r\n"):
        assert not {b"\n", b"\r"} & {bytes([each]) for each in line}
        assert line.isascii()
        assert len(line) < 998
    read = message_from_bytes(written, policy=policy.default)
    assert [each.addr_spec for each in read["To"].addresses] == [ADDRESS]
    assert read["Bcc"] is None


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_in_the_subject_stays_text(trap: str) -> None:
    written = mail_bytes(letter(subject=trap), SENDER, ADDRESS)
    must_be_one_safe_mail(written)
    assert "\n" not in str(message_from_bytes(written, policy=policy.default)["Subject"])


def test_without_our_care_the_first_trap_works_on_this_python() -> None:
    """The control: where the email package itself has learnt better, it has nothing to show."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = TRAPS[0]
    try:
        written = mail.as_bytes()
    except ValueError:
        pytest.skip("This Python refuses to write such a header.")
    if b"\r\nBcc:" not in written:
        pytest.skip("This Python does not fall into the trap.")
    assert message_from_bytes(written, policy=policy.default)["Bcc"] == "victim@example.org"


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_in_the_name_stays_text(trap: str) -> None:
    must_be_one_safe_mail(mail_bytes(letter(name=trap), SENDER, ADDRESS))


@given(name=st.text(max_size=300), subject=st.text(max_size=300))
def test_whatever_is_written_the_mail_has_our_headers_and_one_recipient(name: str, subject: str) -> None:
    must_be_one_safe_mail(mail_bytes(letter(name=name, subject=subject), SENDER, ADDRESS))


PARTS = ["=?", "?=", "utf-8", "?q?", "=0D=0A", ",", "<a@b.c>", '"', "\\", "(", "é", " "]


@given(pieces=st.lists(st.sampled_from(PARTS), max_size=60))
def test_whatever_is_put_together_from_the_parts_of_headers_stays_text(pieces: list[str]) -> None:
    trap = "".join(pieces)
    must_be_one_safe_mail(mail_bytes(letter(name=trap, subject=trap), SENDER, ADDRESS))


@pytest.mark.parametrize(
    "address",
    [
        "anna@example.org\r\nRCPT TO:<victim@example.org>",
        "anna@example.org, victim@example.org",
        "Anna <anna@example.org>",
        "anna",
        "@example.org",
        "anna@",
        "a" * 300 + "@example.org",
        "änna@example.org",
        "anna@example.org>",
        "",
    ],
)
def test_what_is_no_plain_address_is_refused_in_words_that_do_not_repeat_it(address: str) -> None:
    with pytest.raises(UnfitForMail) as refused:
        mail_bytes(letter(), SENDER, address)
    assert address == "" or address not in str(refused.value)


def test_a_subject_is_one_short_line() -> None:
    line = subject_line("Due by 14 June 2016:\n" + "a very long title " * 40)
    assert line.startswith("Due by 14 June 2016: a very long title")
    assert line.endswith("…")
    assert len(line) <= LONGEST_SUBJECT


def test_the_text_arrives_as_it_was_written_with_its_links_whole() -> None:
    text = (
        "Children’s services\n\nhttps://forthwith.example.org/"
        + "x" * 200
        + "\n.\nA line that is only a dot.\n"
    )
    read = message_from_bytes(mail_bytes(letter(text=text), SENDER, ADDRESS), policy=policy.default)
    assert read.get_content().replace("\r\n", "\n") == text


def test_the_same_letter_is_the_same_bytes_and_says_that_a_machine_sent_it() -> None:
    assert mail_bytes(letter(), SENDER, ADDRESS) == mail_bytes(letter(), SENDER, ADDRESS)
    read = message_from_bytes(mail_bytes(letter(), SENDER, ADDRESS), policy=policy.default)
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Date"].datetime == datetime(2016, 6, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize("sender", ["Forthwith", "", "Forthwith <forthwith>", "a@b.org\r\nBcc: x@y.org"])
def test_a_sender_that_is_no_address_is_refused_when_the_channel_is_made(sender: str) -> None:
    with pytest.raises(ValueError, match="cannot be the sender of mail"):
        sender_address(sender)


def test_an_answer_for_the_record_holds_no_address_and_is_short() -> None:
    said = for_the_record(
        "550 5.1.1 <anna.reed@example.org>: no such user\r\nanna.reed@example.org unknown\x00"
    )
    assert said == "550 5.1.1 (address): no such user (address) unknown"
    assert len(for_the_record("5" * 100_000)) == LONGEST


def test_a_message_has_one_message_id_on_each_host_and_every_message_its_own() -> None:
    assert message_id_for("a") == message_id_for("a")
    assert message_id_for("a") != message_id_for("b")
    assert message_id_for("a", "mail.example.org").endswith("@mail.example.org>")


def test_a_name_keeps_its_letters() -> None:
    written = mail_bytes(letter(name="Dr. Zoë O’Brien-Łukasik, OBE"), SENDER, ADDRESS)
    [to] = message_from_bytes(written, policy=policy.default)["To"].addresses
    assert to.display_name == "Dr Zoë O’Brien-Łukasik OBE"
