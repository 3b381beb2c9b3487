"""pdfium, given one Chinese font of its own.

A PDF may name a font without holding it; pdfium then takes one of the machine's.  Where there is none, a
character that stands alone has no extent and pdfium drops it.  With the font that comes with the install
every machine reads the same text.
"""

from __future__ import annotations

import ctypes

import pylopdf_fonts_zh_cn as fonts
import pypdfium2
import pypdfium2.raw as raw

PdfDocument, PdfiumError = pypdfium2.PdfDocument, pypdfium2.PdfiumError

_folders = (ctypes.c_char_p * 2)(str(fonts.sans_path().parent).encode(), None)  # pdfium keeps the pointer
_config = raw.FPDF_LIBRARY_CONFIG(version=2)
_config.m_pUserFontPaths = ctypes.cast(_folders, type(_config.m_pUserFontPaths))
raw.FPDF_DestroyLibrary()  # pypdfium2 starts it on import, with the machine's fonts
raw.FPDF_InitLibraryWithConfig(_config)
