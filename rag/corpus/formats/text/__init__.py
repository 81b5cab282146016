"""Bytes and lines to clean text, alike for all formats.

encodings   bytes in an old encoding to text
characters  bytes to clean characters
furniture   lines that a web page leaves in copied text
lines       lines to clean text and the blocks over it
references  lines to those that are references, by the heading above them
"""
