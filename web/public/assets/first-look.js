// Applies the colours that the server put into the page before the first paint. A separate file, because the content security
// policy of the pages forbids inline scripts and styles.
;(() => {
  const root = document.documentElement
  // The vendor's older form of addresses, whose realm only the browser knows.
  if (/^#\/?login/.test(location.hash)) root.dataset.look = 'unknown'
  const data = document.getElementById('first-look')
  if (data === null || root.dataset.look === 'unknown') return
  const { properties, backgroundImage } = JSON.parse(data.textContent).appearance
  const isDark = root.getAttribute('data-mantine-color-scheme') === 'dark'
  for (const [name, value] of Object.entries(isDark ? properties.dark : properties.light))
    root.style.setProperty(name, value)
  if (backgroundImage)
    root.style.setProperty('--frame-picture', `url("${encodeURI(backgroundImage).replace(/["\\]/g, '')}")`)
})()
