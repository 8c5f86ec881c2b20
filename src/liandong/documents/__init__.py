"""Office documents: Word files read into plain blocks, and written in the form of official papers.

What stands in them comes from callers. It knows no app, keeps nothing, runs no macro, follows no link, and fetches nothing.
"""

from liandong.documents.blocks import Block, Paper, Paragraph, Row, Table
from liandong.documents.marks import marked
from liandong.documents.numbering import chinese
from liandong.documents.parts import Grid, Heading, Line, Part, Span, Text, Title
from liandong.documents.reading import read_docx
from liandong.documents.word import MOST_BYTES
from liandong.documents.writing import DOCX, write_docx

__all__ = [
    "DOCX",
    "MOST_BYTES",
    "Block",
    "Grid",
    "Heading",
    "Line",
    "Paper",
    "Paragraph",
    "Part",
    "Row",
    "Span",
    "Table",
    "Text",
    "Title",
    "chinese",
    "marked",
    "read_docx",
    "write_docx",
]
