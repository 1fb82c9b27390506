"""The local mailbox: a mail server that keeps what it is sent, for demonstrations and tests."""
