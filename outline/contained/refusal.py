"""The reason for which a file from outside is not read."""


class Refused(Exception):
    """`reason` is a word that whoever shows it has a sentence for, in two languages;
    `values` are what the sentence names.
    """

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


#: Reasons that any file may have, whatever reads it.
SLOW, LARGE, BROKEN, BUSY = "slow", "large", "broken", "busy"
