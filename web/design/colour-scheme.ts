/** The person's choice, stored in this browser. `auto` follows the system. */
export type ColourScheme = 'light' | 'dark' | 'auto'

const key = 'sidegate-colour-scheme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

export function storedScheme(): ColourScheme {
  try {
    const chosen = localStorage.getItem(key)
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto'
  } catch {
    return 'auto'
  }
}

/** Stores and applies the choice. `assets/colour-scheme.js` applies it before the first paint. */
export function saveScheme(scheme: ColourScheme): void {
  try {
    if (scheme === 'auto') localStorage.removeItem(key)
    else localStorage.setItem(key, scheme)
  } catch {
    // Storage is disabled: the choice is lost on reload.
  }
  applyScheme(scheme)
}

/** Follows changes of the system's scheme unless the person chose one. */
export function followSystemScheme(): void {
  prefersDark.addEventListener('change', () => {
    if (storedScheme() === 'auto') applyScheme('auto')
  })
}

function applyScheme(scheme: ColourScheme): void {
  const root = document.documentElement
  if (scheme === 'auto') delete root.dataset.theme
  else root.dataset.theme = scheme
  const isDark = scheme === 'auto' ? prefersDark.matches : scheme === 'dark'
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
}
