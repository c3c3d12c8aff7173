"""Korean words: their endings, their syllables in ones, twos and threes, their letters.

No dictionary: a word is what is left when particles and verb endings are cut off, and
text is compared by pieces of two and three syllables.
"""

import re
import unicodedata

PARTICLES = (
    "에서의 으로의 에서는 으로는 에게는 이라는 으로서 으로써 까지의 들과의 들에게 "
    "과의 와의 에의 에서 에게 으로 로서 로써 까지 부터 처럼 보다 마다 이나 이란 라는 "
    "에는 에도 로의 이랑 한테 들의 들이 들을 들은 들과 들도 만의 간의 이라 이고 "
    "은 는 이 가 을 를 의 와 과 도 만 에 로 나 랑 들 란 요"
)
VERB_ENDINGS = (
    "했습니까 하였는가 했었나요 하려는가 되었나요 됐습니까 합니까 했나요 했는가 "
    "했는지 하는가 하나요 하는지 되었나 됐나요 되나요 입니까 인가요 이었나 "
    "했는데 하려는 하려고 하였다 하였나 되었다 하도록 시키는 시킨 받은 받는 "
    "했나 하나 하는 하기 하고 하며 하여 해서 한다 했다 했던 할까 하다 되는 "
    "되나 됐나 된다 됐다 되어 돼서 해야 하게 하면 하자 했고 하지 인가 인지 "
    "이냐 이니 적인 적으로 적 한 된 할 함 해 됨"
)
ENDINGS = sorted(
    {*PARTICLES.split(), *VERB_ENDINGS.split()}, key=lambda ending: -len(ending)
)
KOREAN_ENDING = re.compile(f"(?:{'|'.join(ENDINGS)})$")

#: Endings that no noun ends with by itself: cut off where a word is to be shown.
SHOWN_WITHOUT = re.compile("(?:을|를|은|는|과|와|에|에서|으로|에게|까지|부터|하고)$")

#: Words of questions and requests, which say nothing of what is looked for.
KOREAN_QUESTION_WORDS = (
    "무슨 무엇 무엇을 무엇이 무엇인가 무엇인가요 무엇인지 뭐 뭐가 뭐를 뭘 "
    "뭔가 뭐야 어떤 어떻게 어떠한 어떠한가 어떨까 어느 어디 어디서 어디에 "
    "어디에서 언제 왜 누가 누구 누구와 누구를 얼마나 얼마 몇 몇개 일을 일이 "
    "일은 일들 것 것은 것이 것을 거 게 수 등 및 또는 그리고 대한 대해 "
    "대해서 대하여 관한 관해 관해서 관련 관련된 관련한 관련해 위한 위해 "
    "위해서 위하여 통한 통해 통해서 따른 대로 했나 했나요 했는가 했는지 "
    "했습니까 했어 했어요 했니 했지 했을까 하나 하나요 하는 하는가 하는지 "
    "하고 한 할 합니까 하려 하려고 하려는 할까 할까요 하겠다는 하고있나 "
    "하고있나요 하였나 하였는가 있나 있나요 있는 있는가 있는지 있습니까 있었나 "
    "있었나요 있어 있어요 있다 있을까 없나 없나요 되나 되나요 되는 되는지 "
    "되었나 됐나 됐나요 되었는가 됩니까 인가 인가요 이란 란 되고 알려줘 "
    "알려주세요 보여줘 보여주세요 찾아줘 찾아주세요 알고 싶어 싶어요 궁금해 "
    "궁금합니다 설명해줘 말해줘 좀 주세요 해줘 우리가 우리는 우리의 열렸나 "
    "열렸나요 열리나 열리나요 열린 여는 맡나 맡았나 맡는 가나 갔나 나오나 "
    "나오나요 생기나 달라지나 달라졌나 바뀌나 바뀌었나 바뀌는 나면 가면 되면 "
    "도와주나 도와주나요 도와줘 돕나 돕나요 도왔나 주나 줬나 받나 받을 내용 "
    "이야기 부분"
)
#: Said of nearly everything here: they weigh only where nothing else is asked for.
KOREAN_EVERYWHERE = (
    "한국 우리 우리나라 대한민국 정부 외교부 현재 최근 앞으로 "
    "문제 정책 계획 방안 현황 입장"
)
#: What a verb of a question ends with: 풀려고, 바뀌는지; not 협력하는지, that is 협력.
ASKING = re.compile("(?:려고|려면|려는|나요|는가|는지|을까|을까요|어요|아요|습니까)$")
LONGEST_COMPOUND = 12
KOREAN_STOP_WORDS = frozenset(KOREAN_QUESTION_WORDS.split())
KOREAN_COMMON_WORDS = frozenset(KOREAN_EVERYWHERE.split())


def stem_korean(word: str) -> str:
    """The word without its endings, never shorter than two syllables."""
    for _ in range(2):
        ending = KOREAN_ENDING.search(word)
        if ending is None or ending.start() < 2:
            break
        word = word[: ending.start()]
    return word


def is_asked_with(word: str, after: str) -> bool:
    """The word only asks, and says nothing of what is looked for: 일할 수 있는."""
    is_able = after == "수" and stem_korean(word) == word
    return (
        word in KOREAN_STOP_WORDS or is_able or bool(ASKING.search(stem_korean(word)))
    )


def spell_in_letters(word: str) -> str:
    """The word as a suggestion shows it."""
    ending = SHOWN_WITHOUT.search(word)
    return word[: ending.start()] if ending and ending.start() > 1 else word


def pieces(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(len(word) - size + 1)]


def letters(word: str) -> str:
    """The letters of Hangul syllables one by one, in which a slip is one letter."""
    return unicodedata.normalize("NFD", word)


def splits(word: str) -> list[tuple[str, ...]]:
    """The ways to read a word as a row of words of two or three syllables."""
    if not 2 <= len(word) <= LONGEST_COMPOUND:
        return []
    ways: list[tuple[str, ...]] = [(word,)] if len(word) <= 3 else []
    for size in (2, 3):
        ways += [(word[:size], *rest) for rest in splits(word[size:])]
    return ways
