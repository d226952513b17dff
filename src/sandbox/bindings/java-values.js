// Lists and maps with the methods of JavaScript and Java, as on the vendor's engine.
;(guest) => {
  const { create, defineProperty, setPrototypeOf, getPrototypeOf, keys, hasOwn } = Object
  const { imul } = Math
  const { isArray } = Array
  const { isPrototypeOf: isBelow } = Object.prototype
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

  /** Java's equals: of texts, the characters count, and of lists, sets and maps, their members. */
  function same(one, other) {
    if (one === other || (isText(one) && isText(other) && `${one}` === `${other}`)) return true
    const kind = kindOf(one)
    if (kind === undefined || kind !== kindOf(other)) return false
    const names = keys(one)
    if (names.length !== keys(other).length) return false
    if (kind === setMethods) return one.containsAll(other)
    return names.every((name) => hasOwn(other, name) && same(one[name], other[name]))
  }

  const kindOf = (value) =>
    [setMethods, mapMethods].find((methods) => isBelow.call(methods, value)) ??
    (isArray(value) ? listMethods : undefined)

  function indexIn(list, value) {
    for (let i = 0; i < list.length; i++) if (same(list[i], value)) return i
    return -1
  }

  /** Collections of Java take undefined as a text. */
  const stored = (value) => (value === undefined ? 'undefined' : value)

  function hashOf(text) {
    let hash = 0
    for (let i = 0; i < text.length; i++) hash = (imul(31, hash) + text.charCodeAt(i)) | 0
    return hash
  }
  const spread = (hash) => hash ^ (hash >>> 16)

  /** The order of Java's hash tables: by bucket, and in a bucket as they came. Other values than texts stay as they came. */
  function byHash(values) {
    if (!values.every(isText)) return values
    let buckets = 16
    while (values.length > 0.75 * buckets) buckets *= 2
    return values
      .map((value, at) => ({ value, at, bucket: spread(hashOf(`${value}`)) & (buckets - 1) }))
      .sort((one, other) => one.bucket - other.bucket || one.at - other.at)
      .map(({ value }) => value)
  }

  const bySize = (values) => plainCopy(values).sort((one, other) => (one < other ? -1 : Number(one > other)))

  /** As Java writes collections: `[a, b]` and `{a=b}`. */
  function ofJava(value) {
    if (isArray(value)) return `[${plainCopy(value).map(ofJava).join(', ')}]`
    if (typeof value !== 'object' || value === null) return `${value}`
    const prototype = getPrototypeOf(value)
    const isMap = prototype === Object.prototype || isBelow.call(mapMethods, value)
    if (!isMap) return `${value}`
    return `{${ordered(value, keys(value))
      .map((key) => `${key}=${ofJava(value[key])}`)
      .join(', ')}}`
  }

  /** Collections of legacy scripts are Java's. Those of the next generation are written as JSON. */
  const written = (value) =>
    guest.kinds.legacy.includes(guest.input.kind) ? ofJava(value) : stringify(value)

  /** How the collections of a prototype order their members, other than as they came. */
  const orders = new WeakMap()
  const ordered = (collection, members) => orders.get(getPrototypeOf(collection))?.(members) ?? members

  function iterator(list) {
    let next = 0
    return {
      hasNext: () => next < list.length,
      next() {
        if (next < list.length) return list[next++]
        throw guest.javaError('java.util.NoSuchElementException')
      },
    }
  }

  const listMethods = hidden(create(Array.prototype), {
    get(index) {
      if (index >= 0 && index < this.length) return this[index]
      throw guest.javaError(
        'java.lang.IndexOutOfBoundsException',
        `Index ${index} out of bounds for length ${this.length}`,
      )
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
    containsAll(values) {
      return plainCopy(values).every((value) => this.contains(value))
    },
    removeAll(values) {
      return this.removeIf((value) => indexIn(values, value) >= 0)
    },
    retainAll(values) {
      return this.removeIf((value) => indexIn(values, value) < 0)
    },
    removeIf(test) {
      const kept = plainCopy(this).filter((value) => !test(value))
      const isChanged = kept.length < this.length
      this.length = 0
      for (let i = 0; i < kept.length; i++) this[i] = kept[i]
      return isChanged
    },
    subList(from, to) {
      if (from <= to && from >= 0 && to <= this.length) return list(plainCopy(this).slice(from, to))
      throw guest.javaError('java.lang.IndexOutOfBoundsException', `from ${from} to ${to} of ${this.length}`)
    },
    equals(other) {
      return same(this, other)
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
    toString() {
      return written(this)
    },
  })

  const entryMethods = create(Object.prototype)
  function entry(key, getValue) {
    const methods = { getKey: () => key, getValue, toString: () => `${key}=${ofJava(getValue())}` }
    return hidden(create(entryMethods), methods)
  }

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
    putIfAbsent(key, value) {
      return hasOwn(this, key) ? this[key] : this.put(key, value)
    },
    forEach(use) {
      for (const key of ordered(this, keys(this))) use(key, this[key])
    },
    equals(other) {
      return same(this, other)
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
      return setPrototypeOf(ordered(this, keys(this)), setMethods)
    },
    values() {
      const all = ordered(this, keys(this)).map((key) => this[key])
      return setPrototypeOf(all, collectionMethods)
    },
    entrySet() {
      const all = ordered(this, keys(this)).map((key) => entry(key, () => this[key]))
      return setPrototypeOf(all, setMethods)
    },
    size() {
      return keys(this).length
    },
    isEmpty() {
      return keys(this).length === 0
    },
    toString() {
      const copy = {}
      for (const key of ordered(this, keys(this))) setOwn(copy, key, this[key])
      return written(copy)
    },
  })
  for (const methods of [listMethods, mapMethods]) {
    const get = function () {
      return this.isEmpty()
    }
    defineProperty(methods, 'empty', { get, configurable: true })
  }
  const hashMapMethods = create(mapMethods)
  const treeMapMethods = create(mapMethods)

  function list(array) {
    return setPrototypeOf(array, listMethods)
  }

  /** Java's sets, and the values of its maps, have no index. */
  const collectionMethods = hidden(create(listMethods), {
    get: undefined,
    set: undefined,
    subList: undefined,
    remove(value) {
      const at = indexIn(this, value)
      if (at >= 0) this.splice(at, 1)
      return at >= 0
    },
  })

  const setMethods = hidden(create(collectionMethods), {
    add(value) {
      if (indexIn(this, stored(value)) >= 0) return false
      this[this.length] = stored(value)
      return true
    },
  })
  const refuse = () => {
    throw guest.javaError('java.lang.UnsupportedOperationException', 'the collection never changes')
  }
  const listChanges = ['add', 'addAll', 'remove', 'removeAll', 'removeIf', 'retainAll', 'clear']
  const changes = [...listChanges, 'put', 'putAll', 'putIfAbsent']
  const refusing = (names) => Object.fromEntries(names.map((name) => [name, refuse]))
  /** Lists of a fixed length, and collections that never change. */
  const fixedListMethods = hidden(create(listMethods), refusing(listChanges))
  const frozenListMethods = hidden(create(fixedListMethods), { set: refuse })
  const frozenSetMethods = hidden(create(setMethods), refusing(changes))
  const frozenMapMethods = hidden(create(mapMethods), refusing(changes))

  const hashSetMethods = orderedWhenRead(create(setMethods))
  const treeSetMethods = orderedWhenRead(create(setMethods))
  for (const hashed of [hashMapMethods, hashSetMethods]) orders.set(hashed, byHash)
  for (const sorted of [treeMapMethods, treeSetMethods]) orders.set(sorted, bySize)

  /** Sorting at each change would cost a script its time. */
  function orderedWhenRead(methods) {
    for (const name of ['iterator', 'toArray', 'toString', Symbol.iterator]) {
      const value = function () {
        const members = ordered(this, plainCopy(this))
        for (let i = 0; i < members.length; i++) this[i] = members[i]
        return setMethods[name].call(this)
      }
      defineProperty(methods, name, { value, writable: true, configurable: true })
    }
    return methods
  }

  const setOf = (methods) => (values) => {
    const members = setPrototypeOf([], methods)
    members.addAll(values)
    return members
  }
  const mapOf = (methods) => (values) => setPrototypeOf(javaValue({ ...values }), methods)

  /** A list without duplicates. */
  const set = setOf(setMethods)

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
    const nameIn = (name) => keys(values).find((each) => each.toLowerCase() === `${name}`.toLowerCase())
    return hidden(javaValue(values), {
      get(name) {
        const known = nameIn(name)
        return known === undefined ? null : values[known]
      },
      containsKey: (name) => nameIn(name) !== undefined,
    })
  }

  guest.hidden = hidden
  guest.hashOf = hashOf
  guest.ofJava = ofJava
  guest.bySize = bySize
  guest.list = list
  guest.same = same
  guest.set = set
  guest.fixedList = (values) => setPrototypeOf(values, fixedListMethods)
  guest.frozenList = (values) => setPrototypeOf(values, frozenListMethods)
  guest.frozenSet = (values) => setPrototypeOf(set(values), frozenSetMethods)
  guest.frozenMap = (values) => setPrototypeOf(javaValue(values), frozenMapMethods)
  guest.hashSet = setOf(hashSetMethods)
  guest.treeSet = setOf(treeSetMethods)
  guest.hashMap = mapOf(hashMapMethods)
  guest.treeMap = mapOf(treeMapMethods)
  guest.javaValue = javaValue
  guest.caseInsensitive = caseInsensitive
}
