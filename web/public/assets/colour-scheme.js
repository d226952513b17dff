// Before the first paint: the person's own choice of light or dark, if there is one. A file of its own, because the
// pages' policy allows no script inside a page.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('sidegate-colour-scheme')
  } catch {
    // Storage is off: the system's choice stands.
  }
  const root = document.documentElement
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen
  const isDark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
