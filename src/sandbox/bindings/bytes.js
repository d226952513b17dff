// Text, bytes and base64. Scripts get bytes as on the vendor's engine: a list of signed numbers, whose `map` can return texts.
;(guest) => {
  const { fromCharCode } = String
  const { atob: decode, btoa: encode, Uint8Array: Bytes } = globalThis
  const { isArray } = Array
  const {
    escape: percent,
    unescape: unpercent,
    encodeURIComponent: encodeUri,
    decodeURIComponent: decodeUri,
  } = globalThis

  /** Text with one character per byte. */
  function toBinary(bytes) {
    let binary = ''
    for (let i = 0; i < bytes.length; i++) binary += fromCharCode(bytes[i] & 255)
    return binary
  }

  function fromBinary(binary) {
    const bytes = new Bytes(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  }

  /** Java's bytes are signed. */
  function signed(bytes) {
    const all = []
    for (let i = 0; i < bytes.length; i++) all[i] = (bytes[i] << 24) >> 24
    return guest.list(all)
  }

  const signedOf = (binary) => signed(fromBinary(binary))

  const utf8ToBinary = (text) => unpercent(encodeUri(`${text}`))

  function binaryToUtf8(binary) {
    try {
      return decodeUri(percent(binary))
    } catch {
      return binary
    }
  }

  const isBytes = (value) => value instanceof Bytes || isArray(value)
  const binaryOf = (value) => (isBytes(value) ? toBinary(value) : utf8ToBinary(value))
  const urlSafe = (text) => text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const standard = (text) => {
    const plain = `${text}`.replace(/-/g, '+').replace(/_/g, '/')
    return plain + '='.repeat((4 - (plain.length % 4)) % 4)
  }

  const codec = (write, read) => ({
    encode: (value) => write(encode(binaryOf(value))),
    decode: (text) => binaryToUtf8(decode(read(text))),
    decodeToBytes: (text) => signedOf(decode(read(text))),
    btoa: (text) => write(encode(`${text}`)),
    atob: (text) => decode(read(text)),
  })

  guest.bytes = {
    toBase64: (value) => encode(binaryOf(value)),
    fromBase64: (text) => signedOf(decode(text)),
    fromBinary,
    signed,
    base64: codec(
      (text) => text,
      (text) => `${text}`,
    ),
    base64url: codec(urlSafe, standard),
    types: {
      stringToBytes: (text) => signedOf(utf8ToBinary(text)),
      bytesToString: (bytes) => binaryToUtf8(toBinary(bytes)),
    },
  }
}
