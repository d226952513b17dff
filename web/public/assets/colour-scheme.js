// Applies the person's colour scheme before the first paint. A separate file, because the content security policy of the
// pages forbids inline scripts.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('sidegate-colour-scheme')
  } catch {
    // Storage is disabled: follow the system.
  }
  const root = document.documentElement
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen
  const isDark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
