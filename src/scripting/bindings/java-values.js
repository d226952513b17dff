// Lists and maps as scripts know them from the vendor's engine: JavaScript and Java at once.
;(guest) => {
  const { create, defineProperty, setPrototypeOf, keys, hasOwn } = Object
  const { isArray } = Array

  /** Methods that no loop over the members and no JSON shows. */
  function hidden(target, methods) {
    for (const name of keys(methods)) {
      defineProperty(target, name, { value: methods[name], writable: true, configurable: true })
    }
    return target
  }

  function plainCopy(list) {
    const copy = []
    for (let i = 0; i < list.length; i++) copy[i] = list[i]
    return copy
  }

  function contains(list, value) {
    for (let i = 0; i < list.length; i++) if (list[i] === value) return true
    return false
  }

  function iterator(list) {
    let next = 0
    return { hasNext: () => next < list.length, next: () => list[next++] }
  }

  const listMethods = hidden(create(Array.prototype), {
    get(index) {
      if (index >= 0 && index < this.length) return this[index]
      throw new RangeError(`Index ${index} out of bounds for length ${this.length}`)
    },
    size() {
      return this.length
    },
    isEmpty() {
      return this.length === 0
    },
    contains(value) {
      return contains(this, value)
    },
    toArray() {
      return plainCopy(this)
    },
    iterator() {
      return iterator(this)
    },
  })

  const mapMethods = hidden(create(Object.prototype), {
    get(key) {
      return hasOwn(this, key) ? this[key] : null
    },
    containsKey(key) {
      return hasOwn(this, key)
    },
    keySet() {
      return list(keys(this))
    },
    values() {
      return list(keys(this).map((key) => this[key]))
    },
    entrySet() {
      return list(keys(this).map((key) => ({ getKey: () => key, getValue: () => this[key] })))
    },
    size() {
      return keys(this).length
    },
    isEmpty() {
      return keys(this).length === 0
    },
  })

  function list(array) {
    return setPrototypeOf(array, listMethods)
  }

  /** Turns parsed JSON, in place, into values that also answer like Java's. */
  function javaValue(value) {
    if (typeof value !== 'object' || value === null) return value
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) javaValue(value[i])
      return setPrototypeOf(value, listMethods)
    }
    const names = keys(value)
    for (let i = 0; i < names.length; i++) javaValue(value[names[i]])
    return setPrototypeOf(value, mapMethods)
  }

  /** A map whose `get` ignores the case of names; names stay as they came for `Object.keys`. */
  function caseInsensitive(values) {
    const byLowerCase = create(null)
    for (const name of keys(values)) byLowerCase[name.toLowerCase()] = javaValue(values[name])
    return hidden(values, {
      get(name) {
        const found = byLowerCase[`${name}`.toLowerCase()]
        return found === undefined ? null : found
      },
      containsKey(name) {
        return `${name}`.toLowerCase() in byLowerCase
      },
    })
  }

  guest.hidden = hidden
  guest.list = list
  guest.javaValue = javaValue
  guest.caseInsensitive = caseInsensitive
}
