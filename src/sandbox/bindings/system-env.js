;(guest) => {
  const { kinds, call, javaValue, parse } = guest

  const conversions = {
    boolean: (text) => text.toLowerCase() === 'true',
    number: Number,
    integer: Number,
    int: Number,
    double: Number,
    object: (text) => javaValue(parse(text)),
    array: (text) => guest.list(text.split(',').map((part) => part.trim())),
  }

  function convert(text, type) {
    const name = `${type === undefined ? 'string' : type}`.split('.').pop().toLowerCase()
    return Object.hasOwn(conversions, name) ? conversions[name](text) : text
  }

  const systemEnv = {
    getProperty(name, defaultValue, type) {
      const text = call('systemEnv.getProperty', `${name}`)
      if (text !== null) return convert(text, type)
      if (defaultValue === undefined) return null
      return typeof defaultValue === 'string' ? convert(defaultValue, type) : defaultValue
    },
  }

  guest.exposeConstant(kinds.all, 'systemEnv', systemEnv)
}
