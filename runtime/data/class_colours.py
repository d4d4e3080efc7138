"""The colours of the classes of masks, in pictures and in the report."""

Colour = tuple[int, int, int]

# From the palette of Okabe and Ito, which people with colour blindness can distinguish; the lightest come first.
PALETTE: tuple[Colour, ...] = (
    *((86, 180, 233), (230, 159, 0), (0, 158, 115), (240, 228, 66)),
    *((204, 121, 167), (213, 94, 0), (0, 114, 178)),
)
