"""Proxies are registered too, else their queries read the untranslated columns."""

from modeltranslation.translator import TranslationOptions, translator

from goals.models import Detail, ExpectedEffect, Goal, KeyContent, Objective

translator.register(
    [Goal, Objective, KeyContent, ExpectedEffect, Detail], TranslationOptions
)
