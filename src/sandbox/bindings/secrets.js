;(guest) => {
  const { kinds, call, bytes } = guest

  /** Values of keys. Scripts pass keys on without seeing their values. */
  const keyTexts = new WeakMap()

  const read = (id) => call('secrets.get', `${id}`)

  function key(id) {
    const held = { toString: () => `[Key ${id}]` }
    keyTexts.set(held, read(id))
    return held
  }

  const secrets = {
    getGenericSecret(id) {
      const value = read(id)
      return guest.hidden({}, { getAsUtf8: () => value, getAsBytes: () => bytes.types.stringToBytes(value) })
    },
    getSigningKey: key,
    getVerificationKey: key,
    getEncryptionKey: key,
    getDecryptionKey: key,
  }

  guest.keyText = (held) => keyTexts.get(held)
  guest.exposeConstant(kinds.all, 'secrets', secrets)
}
