// Text, bytes and base64. Bytes are a Uint8Array; Java's signed bytes are accepted.
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
    decodeToBytes: (text) => fromBinary(decode(read(text))),
    btoa: (text) => write(encode(`${text}`)),
    atob: (text) => decode(read(text)),
  })

  guest.bytes = {
    toBase64: (value) => encode(binaryOf(value)),
    fromBase64: (text) => fromBinary(decode(text)),
    fromBinary,
    base64: codec(
      (text) => text,
      (text) => `${text}`,
    ),
    base64url: codec(urlSafe, standard),
    types: {
      stringToBytes: (text) => fromBinary(utf8ToBinary(text)),
      bytesToString: (bytes) => binaryToUtf8(toBinary(bytes)),
    },
  }
}
