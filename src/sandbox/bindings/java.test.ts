import { CompactEncrypt } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { answer, evaluate, noHost, run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const kind = 'legacyDecision'

describe('facades of Java classes', () => {
  test.each([
    ['java.lang.String("x")', 'x'],
    ['new java.lang.String("é".getBytes())', 'é'],
    ['java.lang.String.valueOf(4) + java.lang.String.format("%s-%d%n", "a", 2)', '4.0a-2\n'],
    ['java.lang.Integer.parseInt("12") + java.lang.Integer.valueOf("3")', 15],
    ['java.lang.Math.floor(2.5)', 2],
    ['java.lang.Boolean.parseBoolean("TRUE")', true],
    ['java.lang.System.currentTimeMillis() > 0', true],
    ['new java.lang.StringBuilder("a").append("b").append(1).reverse().toString()', '0.1ba'],
    [
      'var l = new java.util.ArrayList(); l.add("a"); l.add(0, "b"); [l.size(), l.get(0), l.contains("a")]',
      [2, 'b', true],
    ],
    ['var s = new java.util.HashSet(); s.add("a"); s.add("a"); s.size()', 1],
    [
      'var m = new java.util.HashMap(); m.put("a", 1); [m.get("a"), m.get("b"), m.containsKey("a"), m.keySet().size()]',
      [1, null, true, 1],
    ],
    ['java.util.Arrays.asList("a", "b").get(1)', 'b'],
    ['java.util.Collections.emptyList().isEmpty()', true],
    ['java.util.UUID.randomUUID().toString().length', 36],
    ['new java.util.Date(5).before(new java.util.Date(6))', true],
    ['java.util.Base64.getEncoder().encodeToString("hé".getBytes())', 'aMOp'],
    ['java.lang.String(java.util.Base64.getDecoder().decode("aMOp"))', 'hé'],
    ['java.util.Base64.getUrlEncoder().withoutPadding().encodeToString([251])', '-w'],
    ['java.lang.String(org.forgerock.util.encode.Base64.decode("aGk="))', 'hi'],
    [
      'org.forgerock.util.encode.Base64.encode(java.security.MessageDigest.getInstance("SHA-256").digest("abc".getBytes()))',
      'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    ],
    ['var n = new java.security.SecureRandom().nextInt(10); n >= 0 && n < 10', true],
    ['java.net.URLEncoder.encode("a b&", "UTF-8")', 'a+b%26'],
    ['org.forgerock.json.JsonValue({ a: "x" }).get("a").asString()', 'x'],
    ['["b".compareTo("a"), "xay".contains("a")]', [1, true]],
    ['new java.lang.String("a").equals(new java.lang.String("a"))', true],
    ['["a".equals(new java.lang.String("a")), "1".equals(1), "null".equals(null)]', [true, false, false]],
    ['new java.lang.String(undefined) + new java.lang.String()', 'undefined'],
    [
      '[123456, 1.7e12, 0.0001, 1.5, -0].map(java.lang.String.valueOf)',
      ['123456.0', '1.7E12', '1.0E-4', '1.5', '-0.0'],
    ],
    ['"" + new java.lang.StringBuilder().append(5).insert(0, 12345678)', '1.2345678E75.0'],
    [
      '[java.lang.Integer.valueOf(3.7), java.lang.Integer.toString(255, 16), java.lang.Integer.parseInt("-ff", 16)]',
      [3, 'ff', -255],
    ],
    ['var m = new java.util.HashMap(); m.put("a", undefined); m.get("a")', 'undefined'],
    ['var l = new java.util.ArrayList(); l.add("a"); l.contains(new java.lang.String("a"))', true],
    [
      `var m = new java.util.HashMap(); var s = new java.util.HashSet(); ['zeta', 'alpha', 'mail', 'sn'].forEach((n) => { m.put(n, n); s.add(n) }); [m.keySet(), m.values(), [...s], '' + m]`,
      [
        ['zeta', 'mail', 'alpha', 'sn'],
        ['zeta', 'mail', 'alpha', 'sn'],
        ['zeta', 'mail', 'alpha', 'sn'],
        '{zeta=zeta, mail=mail, alpha=alpha, sn=sn}',
      ],
    ],
    [
      `var m = new java.util.TreeMap(); var s = new java.util.TreeSet(); ['b', 'c', 'a'].forEach((n) => { m.put(n, 1); s.add(n) }); [m.keySet(), s.iterator().next(), s.toArray()]`,
      [['a', 'b', 'c'], 'a', ['a', 'b', 'c']],
    ],
    [
      `var m = new java.util.LinkedHashMap(); ['zeta', 'alpha'].forEach((n) => m.put(n, 1)); m.keySet()`,
      ['zeta', 'alpha'],
    ],
    [
      "'' + java.util.List.of('a', null, java.util.Map.of('b', java.util.List.of(true)))",
      '[a, null, {b=[true]}]',
    ],
    ['var s = new java.util.HashSet(); s.add(5); [s.remove(0), s.remove(5), s.size()]', [false, true, 0]],
    ['var l = java.util.Arrays.asList("a", "b"); l.set(0, "c"); l.get(0)', 'c'],
    ['var m = new java.util.HashMap(); m.put("a", ["b"]); "" + m.entrySet()', '[a=[b]]'],
    ["'' + requestHeaders", '{X-A=[b]}'],
    ['java.util.Objects.equals("a", new java.lang.String("a"))', true],
    ['java.lang.Math.max(1, 2) + java.lang.Math.PI', 2 + Math.PI],
    ['java.lang.Math.round(NaN)', 0],
    ['new java.util.Date(126, 0, 1).getTime()', 1767225600000],
    ['java.time.Duration.ofSeconds(3661) + ""', 'PT1H1M1S'],
    ["java.net.URLEncoder.encode('a b~(', 'UTF-8')", 'a+b%7E%28'],
    ['java.util.Objects.isNull(undefined)', false],
    ['java.lang.Double.toString(5)', '5.0'],
    ['Object.assign({ mail: "a" }, { mail: undefined, sn: "b" })', { mail: 'a', sn: 'b' }],
    ['sharedState.put("done", undefined); sharedState.get("done")', 'undefined'],
    ['typeof java.util + typeof java.util.ArrayList', 'objectfunction'],
  ])('%s returns %j', async (source, value) => {
    const last = source.split('; ')
    const expression = last.pop()
    const { outcome } = await run(engine, `${last.join('; ')}; outcome = ${expression}`, {
      kind,
      request: { headers: { 'X-A': ['b'] }, parameters: {}, cookies: {}, locales: [] },
    })
    expect(outcome).toEqual(value)
  })

  test.each([
    'java.lang.Integer.parseInt("x")',
    'java.lang.Integer.parseInt("2147483648")',
    'java.lang.Integer.parseInt("fg", 16)',
    'new java.util.ArrayList().iterator().next()',
    'new java.util.ArrayList(null)',
    'new java.util.HashSet(null)',
    'new java.util.ArrayList("a")',
    'new java.util.HashMap(-1)',
    'new java.security.SecureRandom().nextInt(0)',
    'java.net.URLEncoder.encode(null, "UTF-8")',
    'java.net.URLEncoder.encode("a", "ISO-8859-1")',
    'java.lang.String.format("%05d", 5)',
    'java.lang.String.format("%s")',
    'java.lang.Math.max(1)',
    'java.lang.Math.max("a", 1)',
    'new java.util.Date("5")',
    'java.util.Base64.getDecoder().decode("a b=")',
    'java.util.Base64.getDecoder().decode(null)',
    'java.util.UUID.fromString("x")',
    'java.util.List.of("a").add("b")',
    'java.util.Arrays.asList("a").remove("a")',
    'java.util.Set.of("a").add("b")',
    'java.util.Collections.emptyMap().put("a", "b")',
    'java.util.Base64.getUrlDecoder().decode("+/8=")',
  ])('%s throws as Java does', async (source) => {
    await expect(run(engine, source, { kind })).rejects.toThrow('java.')
  })

  test.each([
    'java.lang.String(null)',
    'new java.lang.String(null)',
    'java.lang.String.valueOf(null)',
    'new java.lang.StringBuilder(null)',
    'new java.lang.StringBuilder().append(null)',
    'java.lang.Math.floor(null)',
    'java.lang.Math.max(1, undefined)',
    'new java.util.Date(NaN)',
    'new java.util.Date(undefined)',
  ])('a missing value is refused, as on the vendor’s engine: %s', async (source) => {
    await expect(run(engine, source, { kind })).rejects.toThrow(/ambiguous|Can't find|Cannot convert/)
  })

  test.each([
    'var m = new java.util.HashMap(); m.put("a", "b"); m.keySet().get(0)',
    'var m = new java.util.HashMap(); m.put("a", "b"); m.values().get(0)',
    'var s = new java.util.HashSet(); s.add("a"); s.get(0)',
  ])('a set has no index: %s', async (source) => {
    await expect(run(engine, source, { kind })).rejects.toThrow('not a function')
  })

  test('let scripts import a missing class, which fails when it is used', async () => {
    const source = `var fr = JavaImporter(com.example.Thing, java.util)
      outcome = typeof fr.ArrayList
      new fr.Thing()`
    await expect(run(engine, source, { kind })).rejects.toMatchObject({
      line: 3,
      message: expect.stringContaining('Java class "com.example.Thing" is not available'),
    })
  })
})

describe('Java callbacks', () => {
  test('have constructors that work without new and with Java overloads', async () => {
    const { callbacks } = await run(
      engine,
      `var c = javax.security.auth.callback
       var org = org.forgerock.openam.authentication.callbacks
       var redirect = new com.sun.identity.authentication.spi.RedirectCallback('https://x.example', {}, 'GET')
       redirect.setTrackingCookie(true)
       action = Action.send(
         c.PasswordCallback('Password', false),
         new c.ConfirmationCallback(c.ConfirmationCallback.INFORMATION, ['Yes'], 0),
         new c.ConfirmationCallback('Sure?', c.ConfirmationCallback.WARNING, ['Yes', 'No'], 1),
         org.PollingWaitCallback.makeCallback().withWaitTime('100').withMessage('Wait').build(),
         new org.StringAttributeInputCallback('mail', 'Mail', '', true),
         redirect
       ).build()`.replace('Action.', 'Packages.org.forgerock.openam.auth.node.api.Action.'),
      { kind },
    )
    expect(callbacks.map(({ type }) => type)).toEqual([
      'PasswordCallback',
      'ConfirmationCallback',
      'ConfirmationCallback',
      'PollingWaitCallback',
      'StringAttributeInputCallback',
      'RedirectCallback',
    ])
    expect(callbacks[2]?.output).toMatchObject({ prompt: 'Sure?', messageType: 1, defaultOption: 1 })
    expect(callbacks[5]?.output).toMatchObject({ trackingCookie: true })
  })

  test('have Java getters for the answers', async () => {
    const { outcome } = await run(
      engine,
      `outcome = [callbacks.size(), callbacks.get(0).getPassword(), callbacks.get(1).getSelectedIndexes()[0],
        callbacks.get(2).getSelectedIndex(), callbacks.get(3).getValue(), callbacks.get(3).getId(),
        callbacks.get(4).getMessageType(), callbacks.get(5).getName(), callbacks.get(5).getValue()]`,
      {
        kind,
        callbacks: [
          answer('PasswordCallback', { '': 'pw' }, { prompt: 'Password' }),
          answer('ChoiceCallback', { '': 1 }, { prompt: 'Which', choices: ['a', 'b'] }),
          answer('ConfirmationCallback', { '': 2 }),
          answer('HiddenValueCallback', { '': 'v' }, { id: 'i', value: '' }),
          answer('TextOutputCallback', {}, { message: 'm', messageType: '1' }),
          answer('BooleanAttributeInputCallback', { '': true }, { name: 'consent', value: false }),
        ],
      },
    )
    expect(outcome).toEqual([6, 'pw', 1, 2, 'v', 'i', 1, 'consent', true])
  })
})

test('Action sets the identified user and the error message', async () => {
  const { action } = await run(
    engine,
    `var fr = JavaImporter(org.forgerock.openam.auth.node.api.Action, com.sun.identity.idm.IdType)
     action = fr.Action.goTo('true').withIdentifiedIdentity('ann', fr.IdType.USER).withErrorMessage('No').build()`,
    { kind },
  )
  expect(action).toEqual({
    outcome: 'true',
    identified: { kind: 'user', name: 'ann' },
    errorMessage: 'No',
  })
})

test('lists and maps are converted to JSON text, which scripts parse again', async () => {
  const state = { shared: { orgs: [{ name: 'x' }], map: { a: 1 } }, secure: {}, transient: {} }
  const expression = `[JSON.parse(nodeState.get('orgs'))[0].name, '' + nodeState.get('map')]`
  expect(await evaluate(engine, expression, { state })).toEqual(['x', '{"a":1}'])
  const mail = { id: '1', name: 'ann', universalId: 'u', attributes: {}, exists: true }
  const empty = `idRepository.getIdentity('ann').getAttributeValues('x') != '[]'`
  expect(await evaluate(engine, empty, {}, async () => mail)).toBe(false)
})

test('sharedState is a map: a script changes a value and puts it back', async () => {
  const state = { shared: { objectAttributes: { mail: 'm' } }, secure: {}, transient: { t: 1 } }
  const { outcome, writes } = await run(
    engine,
    `var held = sharedState.get('objectAttributes'); held.put('sn', 's'); sharedState.put('objectAttributes', held)
     outcome = [sharedState.keySet(), sharedState.size(), sharedState.toString()]`,
    { kind, state },
  )
  const attributes = { mail: 'm', sn: 's' }
  expect(writes).toEqual([{ op: 'putShared', key: 'objectAttributes', value: attributes }])
  expect(outcome).toEqual([['objectAttributes'], 1, '{objectAttributes={mail=m, sn=s}}'])
})

test('a script changes a value of the state in place, as in Java', async () => {
  const state = { shared: { list: ['a'], same: { a: 1 } }, secure: {}, transient: {} }
  const source = `sharedState.get('list').add('b'); sharedState.get('same').get('a'); transientState.put('o', { n: 1 })
    transientState.get('o').n = 2; outcome = nodeState.get('same').size()`
  const { writes } = await run(engine, source, { kind, state })
  expect(writes).toEqual([
    { op: 'putTransient', key: 'o', value: { n: 1 } },
    { op: 'putShared', key: 'list', value: ['a', 'b'] },
    { op: 'putTransient', key: 'o', value: { n: 2 } },
  ])
})

describe('tokens of the legacy JOSE classes', () => {
  const setup = `var fr = JavaImporter(
      org.forgerock.json.jose.builders.JwtBuilderFactory, org.forgerock.json.jose.jwt.JwtClaimsSet,
      org.forgerock.json.jose.jws.JwsAlgorithm, org.forgerock.json.jose.jws.SignedJwt,
      org.forgerock.json.jose.jwe.SignedThenEncryptedJwt,
      org.forgerock.json.jose.jws.handlers.SecretHmacSigningHandler, org.forgerock.secrets.SecretBuilder,
      org.forgerock.secrets.keys.SigningKey, javax.crypto.spec.SecretKeySpec,
      java.time.temporal.ChronoUnit, java.time.Clock)
    function handlerFor(secret) {
      var builder = new fr.SecretBuilder
      builder.secretKey(new javax.crypto.spec.SecretKeySpec(java.lang.String(secret).getBytes(), 'Hmac'))
      builder.stableId('me').expiresIn(5, fr.ChronoUnit.MINUTES, fr.Clock.systemUTC())
      return new fr.SecretHmacSigningHandler(new fr.SigningKey(builder))
    }
    function make() {
      var claims = new fr.JwtClaimsSet
      claims.setIssuer('me'); claims.setIssuedAtTime(new Date(5000)); claims.setClaim('a', 1)
      return new fr.JwtBuilderFactory().jws(handlerFor('s3cret')).headers().alg(fr.JwsAlgorithm.HS256).done()
        .claims(claims).build()
    }
    function read(jwt, kind) { return new fr.JwtBuilderFactory().reconstruct(jwt, kind) }\n`

  test('verify tokens of each other, with the right key only', async () => {
    const { outcome } = await run(
      engine,
      `${setup} var jwt = read(make(), fr.SignedJwt), claims = jwt.getClaimsSet()
       outcome = [jwt.verify(handlerFor('s3cret')), jwt.verify(handlerFor('other')), claims.getIssuer(),
         claims.getIssuedAtTime().before(new Date()), claims.build()]`,
      { kind },
    )
    expect(outcome).toEqual([true, false, 'me', true, '{"iss":"me","iat":5,"a":1}'])
  })

  test('decrypt an encrypted token before reading it', async () => {
    const signed = await run(engine, `${setup} outcome = make()`, { kind })
    const key = new Uint8Array(32).fill(7)
    const sealed = await new CompactEncrypt(new TextEncoder().encode(String(signed.outcome)))
      .setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256' })
      .encrypt(key)
    const source = `${setup} var jwt = read('${sealed}', fr.SignedThenEncryptedJwt)
      jwt.decrypt(new fr.SecretKeySpec(org.forgerock.util.encode.Base64.decode('${Buffer.from(key).toString('base64')}'), 'AES'))
      outcome = [jwt.verify(handlerFor('s3cret')), JSON.parse(jwt.getClaimsSet().build()).iss]`
    expect((await run(engine, source, { kind }, noHost)).outcome).toEqual([true, 'me'])
  })
})
