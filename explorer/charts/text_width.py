"""The width of words in a drawing, near enough to keep them apart."""

#: Widths of the drawing's letters, in its units.
HANGUL, CAPITAL, SMALL, SPACE = 13.0, 9.0, 7.3, 3.8


def text_width(text: str) -> int:
    return round(sum(map(letter_width, text)))


def letter_width(letter: str) -> float:
    if letter.isspace():
        return SPACE
    if letter > "\u1100" and letter.isalpha():
        return HANGUL
    return CAPITAL if letter.isupper() else SMALL


def wrap_text(text: str, most: int) -> list[str]:
    """Lines of whole words, none wider than `most` unless a word alone is."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
