/** `#rgb` or `#rrggbb`. */
export const colourPattern = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i

/** Minimum contrast of readable text. Source: WCAG 2.2, success criterion 1.4.3. */
export const readableContrast = 4.5

/**
 * Contrast of two colours, from 1 (equal) to 21 (black on white).
 * @param colours match {@link colourPattern}. Source: WCAG 2.2, "contrast ratio".
 */
export function contrastOf(...colours: readonly [string, string]): number {
  const [darker = 0, lighter = 0] = colours.map(luminanceOf).toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

export function isReadable(text: string, ground: string): boolean {
  return contrastOf(text, ground) >= readableContrast
}

/** Source: WCAG 2.2, "relative luminance". */
function luminanceOf(colour: string): number {
  const digits = colour.slice(1)
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
