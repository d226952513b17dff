// java.util, and related classes: encodings, digests, random numbers, JsonValue.
;(guest) => {
  const { javaPackage, javaClass, javaDate, javaValue, list, set, bytes, raw } = guest
  const { javaText: text, signedBytes: signed } = guest
  const { isArray } = Array

  const members = (values) => (values === undefined || typeof values === 'number' ? [] : values)
  const listClass = () => javaClass((values) => list([...members(values)]))
  const setClass = () => javaClass((values) => set(members(values)))
  const mapClass = () => javaClass((values) => javaValue({ ...members(values) }))

  const coder = (codec) => ({
    encode: (value) => signed(bytes.types.stringToBytes(codec.encode(value))),
    encodeToString: (value) => codec.encode(value),
    withoutPadding: () => coder({ encode: (value) => codec.encode(value).replace(/=+$/, '') }),
  })
  const decoder = (codec) => ({ decode: (value) => signed(codec.decodeToBytes(text(value))) })
  const { base64, base64url } = bytes

  javaPackage('java.util', () => ({
    ArrayList: listClass(),
    LinkedList: listClass(),
    HashSet: setClass(),
    LinkedHashSet: setClass(),
    TreeSet: javaClass((values) => set([...members(values)].sort())),
    HashMap: mapClass(),
    LinkedHashMap: mapClass(),
    TreeMap: mapClass(),
    Date: javaClass(javaDate),
    UUID: { randomUUID: guest.randomUUID, fromString: (value) => `${value}` },
    Arrays: { asList: (...values) => list(isArray(values[0]) ? [...values[0]] : values) },
    List: { of: (...values) => list(values) },
    Set: { of: (...values) => set(values) },
    Collections: {
      emptyList: () => list([]),
      emptyMap: () => javaValue({}),
      emptySet: () => set([]),
      singletonList: (value) => list([value]),
      singleton: (value) => set([value]),
      singletonMap: (key, value) => javaValue({ [key]: value }),
    },
    Base64: {
      getEncoder: () => coder(base64),
      getUrlEncoder: () =>
        coder({ encode: (value) => base64.encode(value).replace(/\+/g, '-').replace(/\//g, '_') }),
      getDecoder: () => decoder(base64),
      getUrlDecoder: () => decoder(base64url),
      getMimeDecoder: () => decoder(base64),
    },
  }))

  javaPackage('org.forgerock.util.encode', () => ({
    Base64: { encode: base64.encode, ...decoder(base64) },
    Base64url: { encode: base64url.encode, ...decoder(base64url) },
  }))
  javaPackage('org.forgerock.json', () => ({
    JsonValue: Object.assign(javaClass(guest.jsonValue), { json: guest.jsonValue, object: () => ({}) }),
  }))
  javaPackage('java.nio.charset', () => ({
    StandardCharsets: { UTF_8: 'UTF-8', US_ASCII: 'US-ASCII', ISO_8859_1: 'ISO-8859-1' },
  }))
  javaPackage('java.net', () => ({
    URLEncoder: { encode: (value) => encodeURIComponent(value).replace(/%20/g, '+') },
    URLDecoder: { decode: (value) => decodeURIComponent(`${value}`.replace(/\+/g, ' ')) },
  }))

  /** A random number from 0 (inclusive) to 1 (exclusive). */
  const fraction = () => new Uint32Array(bytes.fromBinary(raw.random(4)).buffer)[0] / 2 ** 32
  javaPackage('java.security', () => ({
    SecureRandom: javaClass(() => ({
      nextInt: (bound = 2 ** 31) => Math.floor(fraction() * bound),
      nextDouble: fraction,
      nextBytes: (array) => guest.randomValues(array),
    })),
    MessageDigest: { getInstance: digest },
  }))

  function digest(algorithm) {
    let held = []
    const update = (more) => {
      held = [...held, ...(typeof more === 'string' ? more.getBytes() : more)]
    }
    return {
      update,
      digest(more) {
        if (more !== undefined) update(more)
        const answer = guest.call('crypto.digest', `${algorithm}`, bytes.toBase64(held))
        held = []
        return signed(bytes.fromBase64(answer))
      },
    }
  }
}
