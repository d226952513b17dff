// Node state. Values are fetched and parsed per key, so that a large state costs nothing until it is read.
;(guest) => {
  const { kinds, raw, parse, stringify, javaValue } = guest
  const { create, freeze, keys } = Object
  const { isArray } = Array

  /** In order of precedence for reads. */
  const layers = ['transient', 'secure', 'shared']
  const containers = ['objectAttributes']

  /** Writes of this run: JSON text by layer and key, null for removed keys. */
  const written = { transient: create(null), secure: create(null), shared: create(null) }
  const touched = create(null)
  /** Values that legacy scripts have from a layer, and can change in place, as in Java. */
  const held = { transient: create(null), shared: create(null), secure: {} }

  function textIn(layer, key) {
    const text = written[layer][key]
    if (text === undefined) return raw.readState(key, layer)
    return text === null ? undefined : text
  }

  function topText(key) {
    if (touched[key] !== true) return raw.readState(key)
    for (let i = 0; i < layers.length; i++) {
      const text = textIn(layers[i], key)
      if (text !== undefined) return text
    }
    return undefined
  }

  function write(layer, key, text) {
    touched[key] = true
    delete held[layer][key]
    written[layer][key] = text
  }

  function isMap(value) {
    return typeof value === 'object' && value !== null && !isArray(value)
  }

  function read(key) {
    const text = topText(key)
    return text === undefined ? null : parse(text)
  }

  function readMerged(key) {
    const top = read(key)
    if (!isMap(top)) return javaValue(top)
    const merged = {}
    for (let i = layers.length - 1; i >= 0; i--) {
      const text = textIn(layers[i], key)
      const value = text === undefined ? undefined : parse(text)
      if (isMap(value)) for (const name of keys(value)) setOwn(merged, name, value[name])
    }
    return freeze(javaValue(merged))
  }

  function setOwn(target, name, value) {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  }

  function knownKeys() {
    const all = create(null)
    for (const key of parse(raw.stateKeys())) all[key] = true
    for (const key in touched) {
      if (topText(key) === undefined) delete all[key]
      else all[key] = true
    }
    return guest.list(keys(all))
  }

  function put(op, layer, name, value) {
    const key = `${name}`
    const text = stringify(value)
    write(layer, key, text)
    guest.addWrite(`{"op":"${op}","key":${stringify(key)},"value":${text}}`)
  }

  function remove(name) {
    const key = `${name}`
    for (const layer of layers) write(layer, key, null)
    guest.addWrite(`{"op":"remove","key":${stringify(key)}}`)
  }

  function checkMergeable(name, value) {
    if (containers.includes(name)) {
      if (!isMap(value)) throw new Error('State containers must be a JSON object.')
    } else if (isMap(value)) {
      throw new Error(
        `State must not contain nested objects unless they are inside registered state containers: ${containers.join(', ')}`,
      )
    }
  }

  function merge(op, layer, values) {
    const copy = parse(stringify(values))
    if (!isMap(copy)) throw new Error('State must be a JSON object.')
    for (const name of keys(copy)) checkMergeable(name, copy[name])
    for (const name of keys(copy)) {
      if (containers.includes(name)) mergeContainer(layer, name, copy[name])
      else for (const other of layers) write(other, name, other === layer ? stringify(copy[name]) : null)
    }
    guest.addWrite(`{"op":"${op}","value":${stringify(copy)}}`)
  }

  /** Merges the members of a container one by one. */
  function mergeContainer(layer, name, members) {
    for (const other of layers) {
      const text = textIn(other, name)
      if (text === undefined && other !== layer) continue
      const container = text === undefined ? {} : parse(text)
      if (!isMap(container)) continue
      for (const member of keys(members)) {
        if (other === layer) setOwn(container, member, members[member])
        else delete container[member]
      }
      write(other, name, stringify(container))
    }
  }

  const shape = (readValue) => {
    const then = () => state
    const state = {
      get: (key) => readValue(read(`${key}`)),
      getObject: (key) => readMerged(`${key}`),
      isDefined: (key) => topText(`${key}`) !== undefined,
      keys: knownKeys,
      putShared: (key, value) => then(put('putShared', 'shared', key, value)),
      putTransient: (key, value) => then(put('putTransient', 'transient', key, value)),
      mergeShared: (values) => then(merge('mergeShared', 'shared', values)),
      mergeTransient: (values) => then(merge('mergeTransient', 'transient', values)),
      remove,
    }
    return state
  }

  const layered = (op, layer) => ({
    get(key) {
      const text = textIn(layer, `${key}`)
      if (text === undefined) return null
      if (!(key in held[layer])) held[layer][key] = javaValue(parse(text))
      return held[layer][key]
    },
    // As in Java's collections, undefined becomes a text.
    put(key, value = 'undefined') {
      put(op, layer, key, value)
      held[layer][key] = value
    },
    remove,
    containsKey: (key) => textIn(layer, `${key}`) !== undefined,
    isDefined: (key) => textIn(layer, `${key}`) !== undefined,
    keySet: () => guest.list(keysOf(layer)),
    size: () => keysOf(layer).length,
    isEmpty: () => keysOf(layer).length === 0,
    toString: () => guest.ofJava(all(layer)),
  })

  guest.beforeFinish.push(() => {
    for (const [op, layer] of [
      ['putShared', 'shared'],
      ['putTransient', 'transient'],
    ])
      for (const key of keys(held[layer]))
        if (stringify(held[layer][key]) !== textIn(layer, key)) put(op, layer, key, held[layer][key])
  })

  const all = (layer) =>
    guest.builtins.fromEntries(keysOf(layer).map((key) => [key, parse(textIn(layer, key))]))

  function keysOf(layer) {
    return knownKeys().filter((key) => textIn(layer, key) !== undefined)
  }

  const ofValues = (state, layer) => {
    const values = {
      ...state,
      get: (key) => guest.jsonValue(state.get(key)),
      put(key, value) {
        state.put(key, value)
        return values
      },
      keys: state.keySet,
      toString: () => stringify(all(layer)),
    }
    return values
  }

  const nodeState = shape(javaValue)
  const legacyNodeState = shape((value) => (value === null ? null : guest.jsonValue(value)))
  const sharedState = layered('putShared', 'shared')
  const transientState = layered('putTransient', 'transient')

  guest.exposeConstant(kinds.nextGeneration, 'nodeState', nodeState)
  guest.exposeConstant(kinds.legacy, 'nodeState', legacyNodeState)
  guest.exposeConstant(['legacyDecision', 'legacyTransformation'], 'sharedState', sharedState)
  guest.exposeConstant(['legacyDecision', 'legacyTransformation'], 'transientState', transientState)
  // Legacy Device Match scripts get plain values; legacy decision scripts get maps.
  guest.expose(['legacyDeviceMatch'], 'sharedState', () => ofValues(sharedState, 'shared'))
  guest.expose(['legacyDeviceMatch'], 'transientState', () => ofValues(transientState, 'transient'))
}
