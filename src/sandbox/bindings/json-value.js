// The JsonValue wrapper in which legacy scripts get values of node state.
;(guest) => {
  const { hasOwn } = guest.builtins
  const { isArray } = Array

  function expected(value, type, name) {
    if (typeof value === type || value === null) return value
    throw new TypeError(`Expecting a ${name}`)
  }

  guest.jsonValue = (value) => {
    const java = guest.javaValue(value)
    const wrap = (inner) => guest.jsonValue(inner === undefined ? null : inner)
    return {
      asString: () => expected(java, 'string', 'String'),
      asBoolean: () => expected(java, 'boolean', 'Boolean'),
      asInteger: () => Math.trunc(expected(java, 'number', 'Number')),
      asLong: () => Math.trunc(expected(java, 'number', 'Number')),
      asDouble: () => expected(java, 'number', 'Number'),
      asMap: () => expected(java, 'object', 'Map'),
      asList: () => expected(java, 'object', 'List'),
      getObject: () => java,
      put: (key, member) => {
        java[key] = member
        return guest.jsonValue(java)
      },
      get: (key) => wrap(java === null ? null : java[key]),
      isDefined: (key) => java !== null && typeof java === 'object' && hasOwn(java, key),
      contains: (member) => isArray(java) && java.contains(member),
      isNull: () => java === null,
      isNotNull: () => java !== null,
      isString: () => typeof java === 'string',
      isBoolean: () => typeof java === 'boolean',
      isNumber: () => typeof java === 'number',
      isMap: () => typeof java === 'object' && java !== null && !isArray(java),
      isList: () => isArray(java),
      size: () => (typeof java === 'object' && java !== null ? java.size() : 0),
      keys: () => guest.list(Object.keys(java)),
      toString: () => JSON.stringify(java),
      toJSON: () => java,
    }
  }
}
