import { type Appearance, parseAppearance } from '../../api/appearance.ts'

/** The look that the server put into the page, and what it depends on. */
export type FirstLook = {
  realm: string
  /** Also the journey of a caller's link, which the page doesn't know yet. */
  journey: string | undefined
  language: string
  appearance: Appearance
  /** Whether large pictures are left out. */
  isWhole: boolean
}

/** Reads the look before the page replaces the HTML that came with it. Undefined if the server didn't know the realm. */
export function readFirstLook(): FirstLook | undefined {
  const data = document.getElementById('first-look')?.textContent
  if (!data || document.documentElement.dataset.look === 'unknown') return undefined
  // The server wrote it; only the appearance can be of another version, while servers are replaced.
  const { appearance, ...about } = JSON.parse(data) as Omit<FirstLook, 'appearance'> & { appearance: unknown }
  const logo = document.querySelector('.first-organisation img')?.getAttribute('src') ?? ''
  const icon = document.querySelector('link[rel="icon"]:not([type])')?.getAttribute('href') ?? ''
  const read = parseAppearance(appearance)
  return read && { ...about, appearance: { ...read, logo, favicon: icon } }
}

/** The path of a realm, however its name is written. As in the server's `canonicalRealm`. */
export function canonicalRealm(realm: string): string {
  return `/${realm
    .split('/')
    .filter((name) => name !== '')
    .join('/')}`
}
