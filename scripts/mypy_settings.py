"""The settings as mypy's Django plugin reads them: managers keep their own classes.

modeltranslation gives every manager a class made while the apps are loaded, which
nothing that reads the source can know: the plugin would take each for an unknown one.
The columns that modeltranslation adds stay, so lookups of `title_ko` are checked.
"""

from portal.settings import *  # noqa: F403, I001

# It reads the languages from the settings, so these come first.
from modeltranslation import translator


def keep_manager_class(manager: object) -> None:
    """Replaces the function of modeltranslation that makes the class."""


translator.patch_manager_class = keep_manager_class
