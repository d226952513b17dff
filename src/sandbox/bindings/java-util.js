// java.util, and related classes: encodings and JsonValue.
;(guest) => {
  const { javaPackage, javaClass, javaDate, javaValue, list, set, same, bytes } = guest
  const { javaText: text, fixedList, frozenList, frozenSet, frozenMap } = guest
  const { isArray } = Array

  function members(values) {
    if (values === null) throw guest.javaError('java.lang.NullPointerException', 'a collection is null')
    if (typeof values === 'string' || values < 0)
      throw guest.javaError('java.lang.IllegalArgumentException', `a collection can't be made of ${values}`)
    return values === undefined || typeof values === 'number' ? [] : values
  }
  const listClass = () => javaClass((values) => list([...members(values)]))
  const collectionClass = (make) => javaClass((values) => make(members(values)))

  function mapOf(pairs) {
    const map = javaValue({})
    for (let at = 0; at < pairs.length; at += 2) map.put(pairs[at], pairs[at + 1])
    return frozenMap(map)
  }

  function uuid(value) {
    const lengths = [8, 4, 4, 4, 12]
    if (/^[\da-f]{1,16}(?:-[\da-f]{1,16}){4}$/i.test(value))
      return `${value}`
        .toLowerCase()
        .split('-')
        .map((part, at) => part.padStart(lengths[at], '0').slice(-lengths[at]))
        .join('-')
    throw guest.javaError('java.lang.IllegalArgumentException', `Invalid UUID string: ${value}`)
  }

  const timeZone = (id) => guest.hidden({}, { getID: () => `${id}`, toString: () => `${id}` })

  function urlEncoded(value, charset = 'UTF-8') {
    if (value === null || !/^utf-?8$/i.test(charset))
      throw guest.javaError('java.io.UnsupportedEncodingException', `${charset}, of ${value}`)
    const code = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
    return encodeURIComponent(value)
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, code)
  }

  function given(value) {
    if (isArray(value)) return value
    throw new Error(`Can't find method of java.util.Base64 that takes ${value}: it takes bytes`)
  }
  const coder = (codec) => ({
    encode: (value) => bytes.types.stringToBytes(codec.encode(given(value))),
    encodeToString: (value) => codec.encode(given(value)),
    withoutPadding: () => coder({ encode: (value) => codec.encode(value).replace(/=+$/, '') }),
  })
  const decoder = (codec) => ({ decode: (value) => codec.decodeToBytes(text(value)) })
  /** Refuses what the standard alphabet lacks, such as blanks. */
  const strict = (codec, alphabet) => ({
    decode(value) {
      const encoded = text(value)
      if (value === null || !alphabet.test(encoded))
        throw guest.javaError('java.lang.IllegalArgumentException', 'Illegal base64 character')
      return codec.decodeToBytes(encoded)
    },
  })
  const { base64, base64url } = bytes

  javaPackage('java.util', () => ({
    ArrayList: listClass(),
    LinkedList: listClass(),
    HashSet: collectionClass(guest.hashSet),
    LinkedHashSet: collectionClass(set),
    TreeSet: collectionClass(guest.treeSet),
    HashMap: collectionClass(guest.hashMap),
    LinkedHashMap: collectionClass((values) => javaValue({ ...values })),
    TreeMap: collectionClass(guest.treeMap),
    Date: Object.assign(javaClass(javaDate), { from: (instant) => javaDate(instant.toEpochMilli()) }),
    /** Only for SimpleDateFormat, which refuses time zones besides UTC. */
    TimeZone: { getTimeZone: timeZone, getDefault: () => timeZone('UTC') },
    Locale: { ENGLISH: 'en', US: 'en_US', UK: 'en_GB', ROOT: '', getDefault: () => 'en' },
    UUID: { randomUUID: guest.randomUUID, fromString: uuid },
    Arrays: { asList: (...values) => fixedList(isArray(values[0]) ? [...values[0]] : values) },
    List: { of: (...values) => frozenList(values) },
    Set: { of: (...values) => frozenSet(values) },
    Map: { of: (...pairs) => mapOf(pairs) },
    Objects: {
      equals: same,
      isNull: (value) => value === null,
      nonNull: (value) => value !== null,
      toString: String,
      requireNonNullElse: (value, other) => value ?? other,
    },
    Collections: {
      sort(values) {
        for (const [at, value] of guest.bySize(values).entries()) values.set(at, value)
      },
      emptyList: () => frozenList([]),
      emptyMap: () => frozenMap({}),
      emptySet: () => frozenSet([]),
      singletonList: (value) => frozenList([value]),
      singleton: (value) => frozenSet([value]),
      singletonMap: (key, value) => frozenMap({ [key]: value }),
    },
    Base64: {
      getEncoder: () => coder(base64),
      getUrlEncoder: () =>
        coder({ encode: (value) => base64.encode(value).replace(/\+/g, '-').replace(/\//g, '_') }),
      getDecoder: () => strict(base64, /^[A-Za-z\d+/]*={0,2}$/),
      getUrlDecoder: () => strict(base64url, /^[\w-]*={0,2}$/),
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
  /** Exceptions are JavaScript errors, so that scripts can throw them and read their message. */
  const failure = javaClass((message) => new Error(`${message}`))
  javaPackage('org.forgerock.oauth2.core.exceptions', () => ({
    InvalidScopeException: Object.assign(failure, { create: (message) => new Error(`${message}`) }),
  }))
  javaPackage('java.nio.charset', () => ({
    StandardCharsets: { UTF_8: 'UTF-8', US_ASCII: 'US-ASCII', ISO_8859_1: 'ISO-8859-1' },
  }))
  javaPackage('java.net', () => ({
    URLEncoder: { encode: urlEncoded },
    URLDecoder: { decode: (value) => decodeURIComponent(`${value}`.replace(/\+/g, ' ')) },
  }))
}
