"""Dalil on Telegram: the only package that knows Telegram."""
