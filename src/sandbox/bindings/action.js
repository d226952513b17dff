;(guest) => {
  const { kinds, action: asked } = guest

  /** Session properties that only the server sets. */
  const systemProperties = (
    'AMCtxId AuthLevel AuthType authInstant CharSet clientType cookieSupport FullLoginURL Host ' +
    'HostName IndexType Locale loginURL Organization Principal Principals Role Service ' +
    'sun.am.UniversalIdentifier UserId UserProfile UserToken'
  ).split(' ')

  function isBlank(text) {
    return text === undefined || text === null || `${text}`.trim() === ''
  }

  function minutes(value, limitName) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      throw new Error(`Cannot convert ${value} to java.lang.Integer`)
    }
    if (number < 1) throw new Error(`${limitName} must be greater than 0`)
    return Math.trunc(number)
  }

  function setProperty(name, value, verb) {
    if (systemProperties.includes(name)) throw new Error(`Cannot ${verb} system session property ${name}`)
    if (!asked.sessionProperties) asked.sessionProperties = {}
    Object.defineProperty(asked.sessionProperties, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }

  function setText(member, text) {
    if (!isBlank(text)) asked[member] = `${text}`
  }

  /** Fills in `{0}` like Java's MessageFormat; two single quotes are an escaped one. */
  function formatMessage(pattern, value) {
    return `${pattern}`.split('{0}').join(value).split("''").join("'")
  }

  function suspend(message, resume, suspendMinutes) {
    const { resumeUri } = guest.input
    if (typeof resume === 'function') resume(resumeUri)
    asked.suspend = { message: formatMessage(message, resumeUri) }
    if (suspendMinutes !== undefined) asked.suspend.minutes = minutes(suspendMinutes, 'suspendDuration')
  }

  /** Makes every method return the object itself. */
  function chaining(methods) {
    const chain = {}
    for (const name of Object.keys(methods)) {
      chain[name] = (...args) => {
        methods[name](...args)
        return chain
      }
    }
    return chain
  }

  const methods = {
    goTo: (outcome) => setText('outcome', outcome),
    withHeader: (text) => setText('header', text),
    withDescription: (text) => setText('description', text),
    withStage: (text) => setText('stage', text),
    withErrorMessage: (text) => setText('errorMessage', text),
    withLockoutMessage: (text) => setText('lockoutMessage', text),
    putSessionProperty: (name, value) => setProperty(`${name}`, `${value}`, 'set'),
    removeSessionProperty: (name) => setProperty(`${name}`, null, 'remove'),
    withMaxSessionTime(time) {
      asked.maxSessionMinutes = minutes(time, 'maximumSessionTime')
    },
    withMaxIdleTime(time) {
      asked.maxIdleMinutes = minutes(time, 'maximumIdleTime')
    },
    withIdentifiedUser(name) {
      asked.identified = { kind: 'user', name: `${name}` }
    },
    withIdentifiedAgent(name) {
      asked.identified = { kind: 'agent', name: `${name}` }
    },
    suspend,
  }

  const action = chaining(methods)
  guest.actionMethods = methods
  guest.exposeConstant(kinds.decision, 'action', action)
}
