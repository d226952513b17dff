// Lists and maps with the methods of JavaScript and Java, as on the vendor's engine.
;(guest) => {
  const { create, defineProperty, setPrototypeOf, keys, hasOwn } = Object
  const { isArray } = Array
  const { stringify } = JSON

  /** Adds non-enumerable methods. */
  function hidden(target, methods) {
    for (const name of keys(methods)) {
      defineProperty(target, name, { value: methods[name], writable: true, configurable: true })
    }
    return target
  }

  function setOwn(target, name, value) {
    defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  }

  function plainCopy(list) {
    const copy = []
    for (let i = 0; i < list.length; i++) copy[i] = list[i]
    return copy
  }

  const isText = (value) => typeof value === 'string' || value instanceof String

  /** Java's equals: of texts, the characters count. */
  function same(one, other) {
    return one === other || (isText(one) && isText(other) && `${one}` === `${other}`)
  }

  function indexIn(list, value) {
    for (let i = 0; i < list.length; i++) if (same(list[i], value)) return i
    return -1
  }

  /** Collections of Java take undefined as a text. */
  const stored = (value) => (value === undefined ? 'undefined' : value)

  function iterator(list) {
    let next = 0
    return {
      hasNext: () => next < list.length,
      next() {
        if (next < list.length) return list[next++]
        throw new Error('java.util.NoSuchElementException')
      },
    }
  }

  const listMethods = hidden(create(Array.prototype), {
    get(index) {
      if (index >= 0 && index < this.length) return this[index]
      throw new RangeError(`Index ${index} out of bounds for length ${this.length}`)
    },
    set(index, value) {
      const before = this.get(index)
      this[index] = stored(value)
      return before
    },
    add(...args) {
      const [at, value] = args.length > 1 ? args : [this.length, args[0]]
      this.splice(at, 0, stored(value))
      return true
    },
    addAll(values) {
      for (const value of values) this.add(value)
      return values.length > 0
    },
    /** Removes by index or value, like Java's overloads: numbers are indexes. */
    remove(what) {
      if (typeof what === 'number') this.get(what)
      const at = typeof what === 'number' ? what : indexIn(this, what)
      const [removed] = at < 0 ? [] : this.splice(at, 1)
      return typeof what === 'number' ? removed : at >= 0
    },
    clear() {
      this.length = 0
    },
    size() {
      return this.length
    },
    isEmpty() {
      return this.length === 0
    },
    contains(value) {
      return indexIn(this, value) >= 0
    },
    toArray() {
      return plainCopy(this)
    },
    iterator() {
      return iterator(this)
    },
    /** JSON, because scripts parse it again and compare it with '[]'. */
    toString() {
      return stringify(this)
    },
  })

  const mapMethods = hidden(create(Object.prototype), {
    get(key) {
      return hasOwn(this, key) ? this[key] : null
    },
    getOrDefault(key, value) {
      return hasOwn(this, key) ? this[key] : value
    },
    put(key, value) {
      const before = hasOwn(this, key) ? this[key] : null
      setOwn(this, key, stored(value))
      return before
    },
    putAll(values) {
      for (const key of keys(values)) setOwn(this, key, values[key])
    },
    remove(key) {
      const before = hasOwn(this, key) ? this[key] : null
      delete this[key]
      return before
    },
    clear() {
      for (const key of keys(this)) delete this[key]
    },
    containsKey(key) {
      return hasOwn(this, key)
    },
    containsValue(value) {
      return keys(this).some((key) => same(this[key], value))
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
    toString() {
      return stringify(this)
    },
  })

  function list(array) {
    return setPrototypeOf(array, listMethods)
  }

  const setMethods = hidden(create(listMethods), {
    add(value) {
      if (indexIn(this, stored(value)) >= 0) return false
      this[this.length] = stored(value)
      return true
    },
  })

  /** A list without duplicates. */
  function set(values) {
    const members = setPrototypeOf([], setMethods)
    members.addAll(values)
    return members
  }

  /** Adds Java methods to parsed JSON, in place. */
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

  /** A map with case-insensitive `get`. `Object.keys` returns the original names. */
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
  guest.same = same
  guest.set = set
  guest.javaValue = javaValue
  guest.caseInsensitive = caseInsensitive
}
