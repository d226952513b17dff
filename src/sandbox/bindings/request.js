// The request and the current journey.
;(guest) => {
  const { hasOwn } = guest.builtins
  const { kinds, javaValue, caseInsensitive } = guest

  /** The text in the first available preferred language, else English, else the first text. */
  const localized = (locales) => (texts) => {
    if (typeof texts !== 'object' || texts === null) return texts
    for (const locale of locales) {
      for (const name of [locale, locale.replace('-', '_'), locale.split(/[-_]/)[0]]) {
        if (hasOwn(texts, name)) return texts[name]
      }
    }
    if (hasOwn(texts, 'en')) return texts.en
    const [first] = Object.keys(texts)
    return first === undefined ? null : texts[first]
  }

  /** Legacy scripts may add and replace parameters. Only the script itself sees that. */
  function changeable(values) {
    const map = caseInsensitive(values)
    const find = (name) =>
      Object.keys(values).find((known) => known.toLowerCase() === `${name}`.toLowerCase())
    const read = (name) => {
      const found = find(name)
      return found === undefined ? null : values[found]
    }
    return guest.hidden(map, {
      get: read,
      containsKey: (name) => find(name) !== undefined,
      put(name, value) {
        const before = read(name)
        values[find(name) ?? `${name}`] = value
        return before
      },
    })
  }

  guest.expose(kinds.all, 'requestHeaders', () => caseInsensitive(guest.request().headers))
  guest.expose(kinds.nextGeneration, 'requestParameters', () => caseInsensitive(guest.request().parameters))
  guest.expose(kinds.legacy, 'requestParameters', () => changeable(guest.request().parameters))
  guest.expose(kinds.nextGeneration, 'requestCookies', () => javaValue(guest.request().cookies))
  guest.expose(kinds.all, 'existingSession', ({ existingSession }) => javaValue(existingSession))
  guest.expose(kinds.all, 'resumedFromSuspend', ({ resumedFromSuspend }) => resumedFromSuspend)
  guest.expose(kinds.all, 'realm', ({ realm }) => realm)
  guest.expose(kinds.all, 'scriptName', ({ name }) => name)
  guest.expose(kinds.nextGeneration, 'cookieName', ({ cookieName }) => cookieName)
  guest.expose(kinds.nextGeneration, 'locales', () => ({
    getLocalizedMessage: localized(guest.request().locales),
  }))
  guest.expose(kinds.nextGeneration, 'journey', ({ journey }) => ({
    name: () => journey.name,
    identityResource: () => journey.identityResource,
    innerJourney: () => journey.innerJourney,
    mustRun: () => journey.mustRun,
  }))
  guest.expose(['customNode'], 'properties', ({ properties }) => javaValue(properties || {}))
  guest.exposeConstant(['decision'], 'samlApplication', null)
  guest.exposeConstant(['decision'], 'oauthApplication', null)
}
