"""Proxies are registered too, else their queries read the untranslated columns."""

from modeltranslation.translator import TranslationOptions, translator

from achievements.models import Achievement, Note, Point, Task

translator.register([Achievement, Task, Point, Note], TranslationOptions)
