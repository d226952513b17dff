/** 0 to 255 each. */
type Rgb = readonly [number, number, number]

function rgbOf(hex: string): Rgb {
  const digits = hex.slice(1)
  const number = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16)
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

/** Relative luminance. Source: WCAG 2.2. */
function luminanceOf(hex: string): number {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const [red, green, blue] = rgbOf(hex)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Contrast ratio of two colours (`#rrggbb` or `#rgb`), from 1 to 21. Source: WCAG 2.2. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
