"""Which channel reaches an address: mail, or a chat service where the address names one."""

from activities.delivery.chat import ChatChannel
from activities.delivery.dispatcher import Channel
from activities.delivery.letter import Letter
from domain.ports import ChannelFault, Handover


class Routes:
    """Several channels as one; what is recorded names the one that was used."""

    name = "none"

    def __init__(self, mail: Channel, chat: ChatChannel) -> None:
        self._mail, self._chat = mail, chat

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        """Raises ChannelFault, which names the channel."""
        channel: Channel = self._chat if self._chat.reaches(address) else self._mail
        try:
            return await channel.hand_over(letter, address)
        except ChannelFault as fault:
            raise ChannelFault(str(fault), lasting=fault.lasting, channel=channel.name) from fault
