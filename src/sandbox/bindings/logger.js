;(guest) => {
  const { kinds, raw } = guest
  const { stringify } = JSON

  function show(value) {
    if (typeof value !== 'object' || value === null || value instanceof Error) return `${value}`
    try {
      return stringify(value)
    } catch {
      return `${value}`
    }
  }

  /** Replaces each `{}` with the next argument. */
  function format(message, args) {
    const text = typeof message === 'string' ? message : show(message)
    if (args.length === 0) return text
    const parts = text.split('{}')
    let filled = parts[0]
    for (let i = 1; i < parts.length; i++) filled += (i <= args.length ? show(args[i - 1]) : '{}') + parts[i]
    return filled
  }

  const line =
    (level) =>
    (message, ...args) =>
      raw.log(level, format(message, args))
  const yes = () => true

  const logger = {
    trace: line('trace'),
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    isTraceEnabled: () => false,
    isDebugEnabled: yes,
    isInfoEnabled: yes,
    isWarnEnabled: yes,
    isErrorEnabled: yes,
  }
  const legacyLogger = {
    message: line('debug'),
    warning: line('warn'),
    error: line('error'),
    messageEnabled: yes,
    warningEnabled: yes,
    errorEnabled: yes,
  }

  guest.exposeConstant(kinds.nextGeneration, 'logger', logger)
  guest.exposeConstant(kinds.legacy, 'logger', legacyLogger)
}
