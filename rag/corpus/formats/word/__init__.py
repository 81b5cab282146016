"""The parts of a Word file to the lines that Word shows.

parts       the zip file to the trees of its parts
styles      what a paragraph, a run and a table take from their styles
numbering   the numbers of lists and headings
symbols     characters of symbol fonts, and numbers that are raised
tables      rows of cells to lines
places      paragraphs to lines, where they stand
maths       formulas to characters
walk        the document's tree to lines
"""
