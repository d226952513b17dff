;(guest) => {
  const { hasOwn } = guest.builtins
  const { kinds, call, javaValue, parse } = guest

  // Without the text, because the variable can be a secret.
  const refuse = (type) => {
    throw new Error(`The variable is not of type ${type}`)
  }

  // rule S51: otherwise the script and the log get the value of a variable of the wrong type
  const number = (pattern, type) => (text) => (pattern.test(text.trim()) ? Number(text) : refuse(type))
  const whole = number(/^[-+]?\d+$/, 'Integer')
  const decimal = number(/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/, 'Double')

  function json(text, type, isOfType) {
    let value
    try {
      value = parse(text)
    } catch {
      refuse(type)
    }
    return isOfType(value) ? javaValue(value) : refuse(type)
  }

  const list = (text) =>
    text.trim().startsWith('[')
      ? json(text, 'List', Array.isArray)
      : guest.list(text.split(',').map((part) => part.trim()))
  const map = (text) =>
    json(text, 'Map', (value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  const boolean = (text) => text.trim().toLowerCase() === 'true'
  const string = (text) => text

  /** Conversions by the short name of the type: Java's classes, and the types of placeholders. */
  const conversions = {
    ...{ string, boolean, integer: whole, double: decimal, list, map },
    ...{ bool: boolean, int: whole, long: whole, number: decimal, array: list, object: map },
  }

  function conversionTo(type) {
    const name = guest.className(type) || `${type}`
    const short = name.split('.').pop().toLowerCase()
    if (hasOwn(conversions, short)) return conversions[short]
    throw new TypeError(`Unsupported return type ${guest.className(type) || typeof type}`)
  }

  const systemEnv = {
    getProperty(name, defaultValue, type) {
      const convert = type === undefined ? string : conversionTo(type)
      const text = call('systemEnv.getProperty', `${name}`)
      if (text !== null) return convert(text)
      if (defaultValue === undefined) return null
      return typeof defaultValue === 'string' ? convert(defaultValue) : defaultValue
    },
  }

  guest.exposeConstant(kinds.all, 'systemEnv', systemEnv)
}
