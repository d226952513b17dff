;(guest) => {
  const { Buffers, Bytes } = guest.builtins
  const { kinds, call, raw, bytes } = guest
  const { base64, base64url, types, toBase64, fromBase64, fromBinary } = bytes

  const named = (algorithm) => (typeof algorithm === 'string' ? { name: algorithm } : wire(algorithm))

  /** Sends the bytes of an algorithm (iv, salt, …) as base64. */
  function wire(value) {
    const copy = {}
    for (const name of Object.keys(value)) {
      const member = value[name]
      copy[name] =
        typeof member === 'object' && member !== null && member.length !== undefined
          ? toBase64(member)
          : member
    }
    return copy
  }

  function randomUUID() {
    const random = fromBinary(raw.random(16))
    random[6] = (random[6] & 0x0f) | 0x40
    random[8] = (random[8] & 0x3f) | 0x80
    let hex = ''
    for (let i = 0; i < 16; i++) hex += (random[i] + 256).toString(16).slice(1)
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }

  /** Fills a typed array, or a plain array with signed bytes as in Java. */
  function getRandomValues(array) {
    const width = array.BYTES_PER_ELEMENT || 1
    const random = fromBinary(raw.random(array.length * width))
    if (Buffers.isView(array)) new Bytes(array.buffer, array.byteOffset, random.length).set(random)
    else for (let i = 0; i < array.length; i++) array[i] = (random[i] << 24) >> 24
    return array
  }

  const keys = (generated) => {
    if (typeof generated === 'string') return fromBase64(generated)
    return { publicKey: fromBase64(generated.publicKey), privateKey: fromBase64(generated.privateKey) }
  }

  const subtle = {
    digest: (algorithm, data) => fromBase64(call('crypto.digest', named(algorithm).name, toBase64(data))),
    generateKey: (algorithm) => keys(call('crypto.generateKey', named(algorithm))),
    deriveKey: (algorithm, password, length) => {
      const chosen = { ...named(algorithm), ...(length === undefined ? {} : { length }) }
      return fromBase64(call('crypto.deriveKey', chosen, toBase64(password)))
    },
    encrypt: (algorithm, key, data) =>
      fromBase64(call('crypto.encrypt', named(algorithm), toBase64(key), toBase64(data))),
    decrypt: (algorithm, key, data) =>
      fromBase64(call('crypto.decrypt', named(algorithm), toBase64(key), toBase64(data))),
    sign: (algorithm, key, data) =>
      fromBase64(call('crypto.sign', named(algorithm), toBase64(key), toBase64(data))),
    verify: (algorithm, key, data, signature) =>
      call('crypto.verify', named(algorithm), toBase64(key), toBase64(data), toBase64(signature)),
  }

  const checkBcrypt = (hash, password) => call('crypto.checkBcrypt', String(hash), String(password))

  const utils = { base64, base64url, types, crypto: { randomUUID, getRandomValues, checkBcrypt, subtle } }
  guest.randomUUID = randomUUID
  guest.randomValues = getRandomValues
  guest.exposeConstant(kinds.nextGeneration, 'utils', utils)
}
