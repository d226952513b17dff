// The JOSE classes of legacy scripts: HMAC and RSA signatures, and symmetric encryption.
;(guest) => {
  const { hasOwn, fromEntries, Bytes } = guest.builtins
  const { javaPackage, javaClass, javaDate, call, bytes, hidden } = guest
  const { base64url, types, toBase64 } = bytes
  const { isArray } = Array

  /** Algorithms by name, with the kind of key that each needs. */
  const algorithms = {}
  for (const bits of ['256', '384', '512']) {
    algorithms[`HS${bits}`] = { name: 'HMAC', hash: `SHA-${bits}` }
    algorithms[`RS${bits}`] = { name: 'RSA', hash: `SHA-${bits}` }
  }

  /**
   * The algorithm of a header, if the key is of its kind. A header comes with the token: without this, a public RSA key would
   * also verify HMAC signatures, which anyone can make with it.
   */
  function algorithmFor(alg, held) {
    if (!hasOwn(algorithms, alg)) return undefined
    // rule S51: otherwise a public RSA key verifies HMAC signatures, which anyone can make with it
    return algorithms[alg].name === kindOf(held) ? algorithms[alg] : undefined
  }

  const encodeJson = (value) => base64url.encode(JSON.stringify(value))
  const decodeJson = (text) => guest.parse(base64url.decode(text))
  const asBytes = (text) => toBase64(types.stringToBytes(text))

  /** The base64 of a key, a key builder or plain bytes. */
  const keyOf = (key) => (isArray(key) || key instanceof Bytes ? toBase64(key) : key.key)
  const kindOf = (key) => key.kind || 'HMAC'

  const holder = () => javaClass((held) => hidden({}, { key: keyOf(held), kind: kindOf(held) }))

  const publicMembers = ['kty', 'n', 'e', 'kid', 'alg', 'use']

  /** A JSON Web Key with the interface of RsaJWK. */
  function rsaJwk(given) {
    const jwk = guest.parse(typeof given === 'string' ? given : JSON.stringify(given))
    if (jwk.kty !== 'RSA')
      throw guest.javaError('java.lang.IllegalArgumentException', 'the key is not an RSA key')
    const keyWith = (names) => {
      const part = fromEntries(names.filter((name) => name in jwk).map((name) => [name, jwk[name]]))
      return hidden({}, { key: asBytes(JSON.stringify(part)), kind: 'RSA' })
    }
    const key = {
      toRSAPrivateKey: () => keyWith(Object.keys(jwk)),
      toRSAPublicKey: () => keyWith(publicMembers),
      getKeyId: () => (jwk.kid === undefined ? null : jwk.kid),
    }
    return hidden({}, key)
  }

  const SecretBuilder = javaClass(() => {
    const builder = hidden({}, { key: '', kind: 'HMAC', build: () => builder })
    const chain = () => builder
    hidden(builder, { stableId: chain, expiresIn: chain, expiresAt: chain })
    return hidden(builder, {
      secretKey(held) {
        builder.key = keyOf(held)
        builder.kind = kindOf(held)
        return builder
      },
    })
  })

  const textClaims = { Issuer: 'iss', Subject: 'sub', JwtId: 'jti', Type: 'typ' }
  const dateClaims = { ExpirationTime: 'exp', IssuedAtTime: 'iat', NotBeforeTime: 'nbf' }

  function claimsSet(claims = {}) {
    const set = {
      setAudience: (audience) => put('aud', audience),
      addAudience: (audience) => put('aud', [].concat(claims.aud === undefined ? [] : claims.aud, audience)),
      getAudience: () => guest.list([].concat(claims.aud === undefined ? [] : claims.aud)),
      setClaim: (name, value) => put(name, value),
      setClaims: (values) => Object.assign(claims, values) && set,
      getClaim: (name) => (name in claims ? claims[name] : null),
      get: (name) => guest.jsonValue(name in claims ? claims[name] : null),
      isDefined: (name) => hasOwn(claims, name),
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
      keyId: (kid) => Object.assign(header, { kid }) && headers,
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
        const algorithm = algorithmFor(header.alg, handler)
        if (algorithm === undefined) throw new Error(`The key of the handler does not fit ${header.alg}`)
        const signature = call('crypto.sign', algorithm, keyOf(handler), asBytes(input))
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
        const algorithm = algorithmFor(alg, handler)
        if (algorithm === undefined) return false
        const signed = toBase64(base64url.decodeToBytes(signature))
        return call('crypto.verify', algorithm, keyOf(handler), asBytes(`${header}.${body}`), signed)
      },
    }
  }

  const names = (all) => fromEntries(all.map((name) => [name, name]))

  javaPackage('org.forgerock.json.jose.builders', () => ({
    JwtBuilderFactory: javaClass(() => ({ jws: signer, claims: () => claimsSet(), reconstruct })),
    SignedJwtBuilderImpl: javaClass(signer),
  }))
  javaPackage('org.forgerock.json.jose.jwt', () => ({ JwtClaimsSet: javaClass(claimsSet) }))
  javaPackage('org.forgerock.json.jose.jws', () => ({
    JwsAlgorithm: names(Object.keys(algorithms)),
    SigningManager: javaClass(() => ({ newHmacSigningHandler: holder(), newRsaSigningHandler: holder() })),
    SignedJwt: tokens.SignedJwt,
    EncryptedThenSignedJwt: tokens.EncryptedThenSignedJwt,
  }))
  javaPackage('org.forgerock.json.jose.jws.handlers', () => ({
    SecretHmacSigningHandler: holder(),
    HmacSigningHandler: holder(),
    SecretRSASigningHandler: holder(),
    RSASigningHandler: holder(),
  }))
  javaPackage('org.forgerock.json.jose.jwe', () => ({
    JweAlgorithm: names(['DIRECT', 'A128KW', 'A256KW']),
    EncryptionMethod: names(['A128CBC_HS256', 'A256CBC_HS512', 'A128GCM', 'A256GCM']),
    SignedThenEncryptedJwt: tokens.SignedThenEncryptedJwt,
  }))
  javaPackage('org.forgerock.secrets', () => ({ SecretBuilder }))
  javaPackage('org.forgerock.secrets.keys', () => ({ SigningKey: holder(), VerificationKey: holder() }))
  javaPackage('org.forgerock.json.jose.jwk', () => ({ RsaJWK: { parse: rsaJwk } }))
}
