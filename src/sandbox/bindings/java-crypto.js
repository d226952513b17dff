// The cryptographic classes of legacy scripts. The server calculates with Node's cryptography.
;(guest) => {
  const { javaPackage, javaClass, javaError, hidden, list, call, bytes, raw } = guest
  const { javaText: text } = guest
  const { Words } = guest.builtins
  const { toBase64, fromBase64, signed } = bytes
  const { isArray } = Array

  function bytesOf(value) {
    if (isArray(value)) return value
    throw new Error(`Can't find method of Java that takes ${value}: it takes bytes`)
  }

  /** Collects bytes: single ones, and lists of them, of which Java's methods can take a part. */
  function collector() {
    let held = []
    return {
      add(value, offset = 0, length = undefined) {
        const more = typeof value === 'number' ? [value] : bytesOf(value)
        const end = length === undefined ? more.length : offset + length
        for (let at = offset; at < end; at++) held[held.length] = more[at]
      },
      size: () => held.length,
      all: () => held,
      take() {
        const taken = held
        held = []
        return taken
      },
    }
  }

  /** The base64 of a key: of a SecretKeySpec, or of plain bytes. */
  const keyOf = (key) => (typeof key.key === 'string' ? key.key : toBase64(key))

  const macs = { HMACSHA1: 'SHA-1', HMACSHA256: 'SHA-256', HMACSHA384: 'SHA-384', HMACSHA512: 'SHA-512' }

  function mac(algorithm) {
    const hash = macs[`${algorithm}`.toUpperCase().replace(/[^A-Z0-9]/g, '')]
    if (hash === undefined) {
      throw javaError('java.security.NoSuchAlgorithmException', `Mac ${algorithm} is not available`)
    }
    const data = collector()
    let key
    return hidden(
      {},
      {
        init(held) {
          key = keyOf(held)
          data.take()
        },
        update: data.add,
        doFinal(more) {
          if (key === undefined) throw javaError('java.lang.IllegalStateException', 'MAC not initialized')
          if (more !== undefined) data.add(more)
          return fromBase64(call('crypto.sign', { name: 'HMAC', hash }, key, toBase64(data.take())))
        },
        reset: () => void data.take(),
        getMacLength: () => (hash === 'SHA-1' ? 20 : Number(hash.slice(4)) / 8),
        getAlgorithm: () => `${algorithm}`,
      },
    )
  }

  const ciphers = {
    'AES/CBC/PKCS5PADDING': { name: 'AES-CBC', ivBytes: 16 },
    'AES/CBC/PKCS7PADDING': { name: 'AES-CBC', ivBytes: 16 },
    'AES/GCM/NOPADDING': { name: 'AES-GCM', ivBytes: 12 },
  }

  function cipher(transformation) {
    const chosen = ciphers[`${transformation}`.toUpperCase()]
    if (chosen === undefined) {
      throw javaError(
        'java.security.NoSuchAlgorithmException',
        `Cipher ${transformation} is not available: use AES/CBC/PKCS5Padding or AES/GCM/NoPadding`,
      )
    }
    const data = collector()
    let mode
    let key
    let iv
    return hidden(
      {},
      {
        init(newMode, newKey, specification) {
          if (newMode !== Cipher.ENCRYPT_MODE && newMode !== Cipher.DECRYPT_MODE) {
            throw javaError('java.security.InvalidKeyException', 'unknown mode')
          }
          if (specification === undefined && newMode === Cipher.DECRYPT_MODE) {
            throw javaError('java.security.InvalidKeyException', 'an IV is needed to decrypt')
          }
          mode = newMode
          key = keyOf(newKey)
          iv =
            specification === undefined ? randomBytes(chosen.ivBytes) : signed(bytesOf(specification.getIV()))
          data.take()
        },
        getIV: () => iv,
        getBlockSize: () => 16,
        getAlgorithm: () => `${transformation}`,
        update(more, offset, length) {
          data.add(more, offset, length)
          return list([])
        },
        doFinal(more, offset, length) {
          if (key === undefined) throw javaError('java.lang.IllegalStateException', 'Cipher not initialized')
          if (more !== undefined) data.add(more, offset, length)
          const op = mode === Cipher.ENCRYPT_MODE ? 'crypto.encrypt' : 'crypto.decrypt'
          const algorithm = { name: chosen.name, iv: toBase64(iv) }
          return fromBase64(call(op, algorithm, key, toBase64(data.take())))
        },
      },
    )
  }

  const Cipher = { getInstance: cipher, ENCRYPT_MODE: 1, DECRYPT_MODE: 2 }

  const randomBytes = (count) => signed(bytes.fromBinary(raw.random(count)))

  /** A random number from 0 (inclusive) to 1 (exclusive). */
  const fraction = () => new Words(bytes.fromBinary(raw.random(4)).buffer)[0] / 2 ** 32

  const secureRandom = () => ({
    nextInt(bound = 2 ** 31) {
      if (!(bound > 0)) throw javaError('java.lang.IllegalArgumentException', 'bound must be positive')
      return Math.floor(fraction() * bound)
    },
    nextLong: () => Math.floor(fraction() * Number.MAX_SAFE_INTEGER),
    nextBoolean: () => fraction() < 0.5,
    nextDouble: fraction,
    nextBytes: (wanted) => (typeof wanted === 'number' ? randomBytes(wanted) : guest.randomValues(wanted)),
  })

  function digest(algorithm) {
    const [name, sha, bits = '1'] = /^(?:MD5|(SHA)-?(1|256|384|512)?)$/i.exec(algorithm) ?? []
    if (name === undefined)
      throw javaError('java.security.NoSuchAlgorithmException', `${algorithm} is not available`)
    const data = collector()
    return hidden(
      {},
      {
        update: data.add,
        reset: () => void data.take(),
        getAlgorithm: () => name,
        digest(more) {
          if (more !== undefined) data.add(more)
          return fromBase64(call('crypto.digest', sha ? `SHA-${bits}` : 'MD5', toBase64(data.take())))
        },
      },
    )
  }

  /** A key or IV: all bytes, or a part of them. */
  const part = (all, offset, length) =>
    typeof offset === 'number' ? [...bytesOf(all)].slice(offset, offset + length) : bytesOf(all)

  const SecretKeySpec = javaClass((held, ...rest) => {
    const key = isArray(held) ? toBase64(part(held, ...rest)) : keyOf(held)
    return hidden(
      {},
      { key, getEncoded: () => fromBase64(key), getAlgorithm: () => `${rest[rest.length - 1]}` },
    )
  })

  const parameter = (iv) => hidden({}, { getIV: () => iv })

  function byteStream() {
    const data = collector()
    return hidden(
      {},
      {
        write: data.add,
        writeBytes: data.add,
        toByteArray: () => signed(data.all()),
        size: data.size,
        reset: () => void data.take(),
        flush: () => {},
        close: () => {},
        toString: () => text(signed(data.all())),
      },
    )
  }

  javaPackage('javax.crypto', () => ({ Mac: { getInstance: mac }, Cipher }))
  javaPackage('javax.crypto.spec', () => ({
    SecretKeySpec,
    IvParameterSpec: javaClass((iv, offset, length) => parameter(part(iv, offset, length))),
    GCMParameterSpec: javaClass((bits, iv, offset, length) => {
      if (bits !== 128) throw javaError('java.lang.IllegalArgumentException', 'the tag must have 128 bits')
      return parameter(part(iv, offset, length))
    }),
  }))
  javaPackage('java.security', () => ({
    SecureRandom: Object.assign(javaClass(secureRandom), { getInstanceStrong: secureRandom }),
    MessageDigest: { getInstance: digest },
  }))
  javaPackage('org.forgerock.openam.shared.security', () => ({
    ThreadLocalSecureRandom: { get: secureRandom, nextBytes: randomBytes },
  }))
  javaPackage('java.io', () => ({ ByteArrayOutputStream: javaClass(byteStream) }))
}
