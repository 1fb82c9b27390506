"""The ways out: which channels the settings name, what waits, and which programs are told."""

from datetime import time

from activities.delivery.chat import ChatChannel
from activities.delivery.dispatcher import Channel
from activities.delivery.holding import Holding, QuietHours
from activities.delivery.notify import NotifyChannel, NotifyKey
from activities.delivery.routes import Routes
from activities.delivery.smtp import SmtpChannel, SmtpSecurity
from activities.webhooks.sending import Caller
from activities.webhooks.telling import Teller
from forthwith.mailbox.catcher import MailCatcher
from forthwith.settings import Settings
from forthwith.webhook_file import endpoints_in
from forthwith.world import World
from ledger.webhooks import PostgresWebhooks


class UnfitDelivery(Exception):
    """A setting of channels, hours or webhooks cannot be used; the sentence says which and why."""


def channel_of(settings: Settings, catcher: MailCatcher | None) -> Channel:
    """Mail, and chat services where the settings allow them. Raises ValueError, OSError where a setting is wrong."""
    mail = _mail(settings, catcher)
    schemes = [each for each in (settings.apprise or "").split(",") if each.strip()]
    return Routes(mail, ChatChannel(schemes)) if schemes else mail


def _mail(settings: Settings, catcher: MailCatcher | None) -> Channel:
    if catcher is not None:
        return SmtpChannel(catcher.host, catcher.port, settings.mail_sender)
    if settings.notify_key_file is not None:
        if settings.notify_template is None:
            raise ValueError(
                "FORTHWITH_NOTIFY_TEMPLATE is missing: the template of GOV.UK Notify to send with."
            )
        key = NotifyKey.parse(settings.notify_key_file.read_text("utf-8"))
        return NotifyChannel(key, settings.notify_template, settings.notify_url)
    return SmtpChannel(
        settings.smtp_host,
        settings.smtp_port,
        settings.mail_sender,
        security=SmtpSecurity(start_tls=True) if settings.smtp_starttls else None,
        username=settings.smtp_user,
        password=settings.smtp_password,
    )


def holding_of(settings: Settings) -> Holding:
    """What waits. A demonstration has no quiet hours: whoever tries it in the evening wants to see the mail.

    Raises ValueError with a sentence.
    """
    quiet = None if settings.demo or not settings.quiet_hours.strip() else _quiet(settings.quiet_hours)
    return Holding(quiet, _hour(settings.digest_at, "FORTHWITH_DIGEST_AT"))


def tellers_of(settings: Settings, world: World) -> tuple[Teller, ...]:
    """One for each webhook; raises FileFaults, OSError."""
    if settings.webhooks is None:
        return ()
    caller, book = Caller(private=settings.webhooks_private), PostgresWebhooks(world.ledger.database)
    return tuple(
        Teller(each, world.ledger, book, caller, settings.desk_url)
        for each in endpoints_in(settings.webhooks, private=settings.webhooks_private)
    )


def _quiet(text: str) -> QuietHours:
    begin, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"FORTHWITH_QUIET_HOURS is written as 18:00-08:00; “{text}” is not.")
    return QuietHours(_hour(begin, "FORTHWITH_QUIET_HOURS"), _hour(end, "FORTHWITH_QUIET_HOURS"))


def _hour(text: str, setting: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text.strip()}” in {setting} is no time of day such as 09:30.") from None
