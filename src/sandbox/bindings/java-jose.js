// The JOSE classes of legacy scripts: HMAC signatures and symmetric encryption.
;(guest) => {
  const { javaPackage, javaClass, javaDate, call, bytes, hidden } = guest
  const { base64url, types, toBase64 } = bytes
  const { isArray } = Array

  const hashes = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' }
  const hmac = (alg) => ({ name: 'HMAC', hash: hashes[alg] })
  const encodeJson = (value) => base64url.encode(JSON.stringify(value))
  const decodeJson = (text) => guest.parse(base64url.decode(text))
  const asBytes = (text) => toBase64(types.stringToBytes(text))

  /** The base64 of a key, a key builder or plain bytes. */
  const keyOf = (key) => (isArray(key) || key instanceof Uint8Array ? toBase64(key) : key.key)

  const holder = () => javaClass((held) => hidden({}, { key: keyOf(held) }))

  const SecretBuilder = javaClass(() => {
    const builder = hidden({}, { key: '', build: () => builder })
    const chain = () => builder
    hidden(builder, { stableId: chain, expiresIn: chain, expiresAt: chain })
    return hidden(builder, {
      secretKey(held) {
        builder.key = keyOf(held)
        return builder
      },
    })
  })

  const textClaims = { Issuer: 'iss', Subject: 'sub', JwtId: 'jti', Type: 'typ' }
  const dateClaims = { ExpirationTime: 'exp', IssuedAtTime: 'iat', NotBeforeTime: 'nbf' }

  function claimsSet(claims = {}) {
    const set = {
      setAudience: (audience) => put('aud', audience),
      getAudience: () => guest.list([].concat(claims.aud === undefined ? [] : claims.aud)),
      setClaim: (name, value) => put(name, value),
      setClaims: (values) => Object.assign(claims, values) && set,
      getClaim: (name) => (name in claims ? claims[name] : null),
      get: (name) => guest.jsonValue(name in claims ? claims[name] : null),
      isDefined: (name) => Object.hasOwn(claims, name),
      build: () => JSON.stringify(claims),
      toString: () => JSON.stringify(claims),
      toJSON: () => claims,
    }
    function put(name, value) {
      claims[name] = value
      return set
    }
    for (const name of Object.keys(textClaims)) {
      set[`set${name}`] = (value) => put(textClaims[name], value)
      set[`get${name}`] = () => set.getClaim(textClaims[name])
    }
    for (const name of Object.keys(dateClaims)) {
      const claim = dateClaims[name]
      set[`set${name}`] = (date) => put(claim, Math.floor(date.getTime() / 1000))
      set[`get${name}`] = () => (claim in claims ? javaDate(claims[claim] * 1000) : null)
    }
    return set
  }

  function signer(handler) {
    const header = { typ: 'JWT' }
    let claims
    const headers = {
      alg: (alg) => Object.assign(header, { alg }) && headers,
      header: (name, value) => Object.assign(header, { [name]: value }) && headers,
      done: () => builder,
    }
    const builder = {
      headers: () => headers,
      claims(set) {
        claims = set
        return builder
      },
      build() {
        const input = `${encodeJson(header)}.${encodeJson(claims)}`
        const signature = call('crypto.sign', hmac(header.alg), keyOf(handler), asBytes(input))
        return `${input}.${base64url.encode(bytes.fromBase64(signature))}`
      },
    }
    return builder
  }

  const decrypt = (jwe, key) => call('jwt.decrypt', jwe, keyOf(key))

  /** Token types: their content before and after `decrypt`. */
  const tokens = {
    SignedJwt: { open: (text) => ({ jws: text }) },
    SignedThenEncryptedJwt: { open: () => ({}), decrypt: (text, key) => ({ jws: decrypt(text, key) }) },
    EncryptedThenSignedJwt: {
      open: (text) => ({ jws: text, payload: '{}' }),
      decrypt: (text, key) => ({
        jws: text,
        payload: decrypt(base64url.decode(text.split('.')[1]), key),
      }),
    },
  }

  function reconstruct(text, { open, decrypt: openSealed }) {
    let { jws, payload } = open(`${text}`)
    const parts = () => jws.split('.')
    return {
      decrypt(key) {
        const opened = openSealed(`${text}`, key)
        jws = opened.jws
        payload = opened.payload
      },
      getHeader: () => claimsSet(decodeJson(parts()[0])),
      getClaimsSet: () => claimsSet(payload === undefined ? decodeJson(parts()[1]) : guest.parse(payload)),
      verify(handler) {
        const [header, body, signature] = parts()
        const { alg } = decodeJson(header)
        if (!Object.hasOwn(hashes, alg)) return false
        const signed = toBase64(base64url.decodeToBytes(signature))
        return call('crypto.verify', hmac(alg), keyOf(handler), asBytes(`${header}.${body}`), signed)
      },
    }
  }

  const names = (all) => Object.fromEntries(all.map((name) => [name, name]))

  javaPackage('org.forgerock.json.jose.builders', () => ({
    JwtBuilderFactory: javaClass(() => ({ jws: signer, claims: () => claimsSet(), reconstruct })),
  }))
  javaPackage('org.forgerock.json.jose.jwt', () => ({ JwtClaimsSet: javaClass(claimsSet) }))
  javaPackage('org.forgerock.json.jose.jws', () => ({
    JwsAlgorithm: names(Object.keys(hashes)),
    SignedJwt: tokens.SignedJwt,
    EncryptedThenSignedJwt: tokens.EncryptedThenSignedJwt,
  }))
  javaPackage('org.forgerock.json.jose.jws.handlers', () => ({
    SecretHmacSigningHandler: holder(),
    HmacSigningHandler: holder(),
  }))
  javaPackage('org.forgerock.json.jose.jwe', () => ({
    JweAlgorithm: names(['DIRECT', 'A128KW', 'A256KW']),
    EncryptionMethod: names(['A128CBC_HS256', 'A256CBC_HS512', 'A128GCM', 'A256GCM']),
    SignedThenEncryptedJwt: tokens.SignedThenEncryptedJwt,
  }))
  javaPackage('org.forgerock.secrets', () => ({ SecretBuilder }))
  javaPackage('org.forgerock.secrets.keys', () => ({ SigningKey: holder(), VerificationKey: holder() }))
  javaPackage('javax.crypto.spec', () => ({ SecretKeySpec: holder() }))
  javaPackage('java.time', () => ({ Clock: { systemUTC: () => 'UTC' } }))
  javaPackage('java.time.temporal', () => ({
    ChronoUnit: names(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']),
  }))
}
