/** Light or dark as the person wants it; `auto` follows the system. Kept in this browser. */
export type ColourScheme = 'light' | 'dark' | 'auto'

const key = 'sidegate-colour-scheme'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

export function chosenScheme(): ColourScheme {
  try {
    const chosen = localStorage.getItem(key)
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto'
  } catch {
    return 'auto'
  }
}

/** `assets/colour-scheme.js` does the same before the first paint. */
export function chooseScheme(scheme: ColourScheme): void {
  try {
    if (scheme === 'auto') localStorage.removeItem(key)
    else localStorage.setItem(key, scheme)
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
  show(scheme)
}

/** Keeps the page in step with the system while nothing is chosen. */
export function followSystemScheme(): void {
  systemIsDark.addEventListener('change', () => {
    if (chosenScheme() === 'auto') show('auto')
  })
}

function show(scheme: ColourScheme): void {
  const root = document.documentElement
  if (scheme === 'auto') delete root.dataset.theme
  else root.dataset.theme = scheme
  const isDark = scheme === 'auto' ? systemIsDark.matches : scheme === 'dark'
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
}
