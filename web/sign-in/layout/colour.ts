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

/** @param share of the second colour, 0 to 1. */
export function mixColours(one: string, other: string, share: number): string {
  const channels = rgbOf(one).map((channel, place) =>
    Math.round(channel + ((rgbOf(other)[place] ?? 0) - channel) * share),
  )
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** The first colour with enough contrast to the background; otherwise black or white. */
export function readableColour(
  background: string,
  preferred: readonly string[],
  minContrast: number,
): string {
  const found = preferred.find((colour) => contrast(colour, background) >= minContrast)
  return found ?? (contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000')
}
