import { afterAll, describe, expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { createScriptEngine } from '../create-script-engine.ts'
import { evaluate, run } from '../fixtures/script-job.ts'
import { type HostCall, HostCallError, type ScriptHost } from '../script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

/** Returns the answers in order, and records the calls. */
function recordingHost(...answers: Json[]): { host: ScriptHost; calls: HostCall[] } {
  const calls: HostCall[] = []
  return {
    calls,
    host: async (call) => {
      calls.push(call)
      return answers[calls.length - 1] ?? null
    },
  }
}

describe('idRepository', () => {
  const ann = {
    id: '1',
    name: 'ann',
    universalId: 'id=ann',
    attributes: { mail: ['a@b', 'c@d'] },
    exists: true,
  }

  test('stores changed values, and reads them only after that', async () => {
    const { host, calls } = recordingHost(ann)
    const { outcome } = await run(
      engine,
      `var who = idRepository.getIdentity('ann')
       who.setAttribute('sn', ['S']); who.addAttribute('mail', 'e@f')
       var before = who.getAttributeValues('sn').size()
       who.store()
       outcome = [who.getName(), who.getUniversalId(), who.exists(), before, who.getAttributeValues('sn').get(0),
         who.getAttributeValues('MAIL').toArray().length, who.getAttributeValues('none').isEmpty()]`,
      {},
      host,
    )
    expect(outcome).toEqual(['ann', 'id=ann', true, 0, 'S', 3, true])
    expect(calls).toEqual([
      { op: 'idRepository.getIdentity', args: ['ann'] },
      { op: 'idRepository.store', args: ['1', { set: { sn: ['S'] }, add: { mail: ['e@f'] } }] },
    ])
  })

  test('throws from the getters of an unknown person', async () => {
    const { host } = recordingHost({ ...ann, exists: false })
    const source = `var who = idRepository.getIdentity('x'); outcome = who.exists(); who.getAttributeValues('mail')`
    await expect(run(engine, source, {}, host)).rejects.toThrow('this.amIdentity is null')
  })
})

describe('openidm', () => {
  test('passes the arguments in order', async () => {
    const { host, calls } = recordingHost({ result: [{ _id: '1', roles: ['r'] }], resultCount: 1 }, null, {
      _id: '2',
    })
    const { outcome } = await run(
      engine,
      `var found = openidm.query('managed/alpha_user', { _queryFilter: 'true' }, ['mail'])
       outcome = [found.result[0]._id, found.result.get(0).get('roles').get(0), openidm.read('managed/alpha_user/9'),
         openidm.patch('managed/alpha_user/2', null, [{ operation: 'replace', field: 'mail', value: 'x' }])._id]`,
      {},
      host,
    )
    expect(outcome).toEqual(['1', 'r', null, '2'])
    expect(calls.map(({ op, args }) => [op, args])).toEqual([
      ['openidm.query', ['managed/alpha_user', { _queryFilter: 'true' }, ['mail']]],
      ['openidm.read', ['managed/alpha_user/9', null, null]],
      [
        'openidm.patch',
        ['managed/alpha_user/2', null, [{ operation: 'replace', field: 'mail', value: 'x' }], null, null],
      ],
    ])
  })

  const failing: ScriptHost = async () => {
    throw new HostCallError('Object not found', 404, { reason: 'Not Found' })
  }

  test('throws a failure as a Java exception that the script can catch', async () => {
    const { outcome } = await run(
      engine,
      `try { openidm.delete('managed/alpha_user/9', null) } catch (e) {
         var j = e.javaException
         outcome = [e.message, j.getCode(), j.getReason(), j.getDetail(), j.getMessage(), j.isServerError()]
       }`,
      {},
      failing,
    )
    expect(outcome).toEqual([
      'Object not found',
      404,
      'Not Found',
      { reason: 'Not Found' },
      'Object not found',
      false,
    ])
  })

  test('distinguishes an uncaught failure from an error of the script', async () => {
    await expect(run(engine, '\nopenidm.read("x")', {}, failing)).rejects.toMatchObject({
      fault: 'host',
      line: 2,
      message: 'Error: Object not found (My Script#2)',
    })
  })

  test('hides a defect of the host from the script', async () => {
    const broken: ScriptHost = async () => {
      throw new RangeError('ours')
    }
    await expect(run(engine, 'try { openidm.read("x") } catch (e) {}', {}, broken)).rejects.toThrow(
      RangeError,
    )
  })
})

describe('httpClient', () => {
  const response = { status: 201, statusText: 'Created', headers: { 'x-a': ['1'] }, body: '{"a":[1]}' }

  test('builds the request and reads the response', async () => {
    const { host, calls } = recordingHost(response, response)
    const { outcome } = await run(
      engine,
      `var r = httpClient.send('https://x.example/p', { method: 'post', token: 't', body: { a: 1 }, headers: { B: 2 } }).get()
       outcome = [r.status, r.statusText, r.ok, r.headers.get('X-A').get(0), r.json().a.get(0), r.text()]
       httpClient.send('https://x.example/f', { form: { a: 'b c' } }).then(function (r) { outcome.push(r.ok) })`,
      {},
      host,
    )
    expect(outcome).toEqual([201, 'Created', true, '1', 1, '{"a":[1]}', true])
    expect(calls.map(({ args }) => args[0])).toEqual([
      {
        url: 'https://x.example/p',
        method: 'POST',
        headers: { B: '2', Authorization: 'Bearer t', 'Content-Type': 'application/json' },
        body: '{"a":1}',
      },
      {
        url: 'https://x.example/f',
        method: 'GET',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'a=b%20c',
      },
    ])
  })
})

describe('the promise of httpClient.send', () => {
  const away: ScriptHost = async () => {
    throw new HostCallError('HTTP request failed: away', 502)
  }
  const good: ScriptHost = async () => ({ status: 200, statusText: 'OK', headers: {}, body: 'x' })
  const sent = "httpClient.send('https://x.example', {})"

  test.each([
    [away, `${sent}.thenCatch(function (e) { return e.getCode() }).get()`, 502],
    [
      away,
      `${sent}.then(function (r) { return 1 }).thenCatch(function (e) { return e.isServerError() }).get()`,
      true,
    ],
    [away, `${sent}.then(function (r) { return 1 }, function (e) { return 2 }).get()`, 2],
    [good, `${sent}.thenCatch(function (e) { return 1 }).get().text()`, 'x'],
    [good, `${sent}.then(function (r) { return r.status }).thenFinally(function () {}).getOrThrow()`, 200],
    [good, `${sent}.thenAsync(function (r) { return ${sent} }).get().ok`, true],
  ])('%# calls the handlers of its outcome', async (host, expression, value) => {
    expect(await evaluate(engine, expression, {}, host)).toEqual(value)
  })

  test('throws its failure when a script asks for the value', async () => {
    await expect(run(engine, `var p = ${sent}\np.get()`, {}, away)).rejects.toMatchObject({
      fault: 'host',
      message: expect.stringContaining('away'),
    })
  })

  test.each([away, good])('%# never swallows an error of the script itself', async (host) => {
    const source = `${sent}.then(function () { missing() }, function () { missing() })\noutcome = 'true'`
    await expect(run(engine, source, {}, host)).rejects.toThrow('missing is not defined')
  })
})

test('checkBcrypt compares a password with a hash', async () => {
  const hash = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'
  const checks = ['U*U', 'other'].map((password) => `utils.crypto.checkBcrypt('${hash}', '${password}')`)
  expect(await evaluate(engine, `[${checks}]`)).toEqual([true, false])
  await expect(run(engine, "utils.crypto.checkBcrypt(null, 'pw')")).rejects.toThrow('must be a bcrypt hash')
})

test('cacheManager has no caches', async () => {
  expect(await evaluate(engine, "[cacheManager.exists('a'), cacheManager.named('a')]")).toEqual([false, null])
})

describe('systemEnv converts', () => {
  const values: Record<string, string> = {
    'esv.int': '34',
    'esv.double': '0.5',
    'esv.bool': 'TRUE',
    'esv.list': '["a","b"]',
    'esv.commas': 'a, b',
    'esv.map': '{"a":{"b":1}}',
    'esv.secret': 'hunter2',
  }
  const host: ScriptHost = async ({ args }) => values[String(args[0])] ?? null

  test.each([
    ["'esv.int', 1, java.lang.Integer", 34],
    ["'esv.double', '0.5', java.lang.Double", 0.5],
    ["'esv.bool', false, java.lang.Boolean", true],
    ["'esv.int', '', java.lang.String", '34'],
    ["'esv.list', '[]', java.util.List", ['a', 'b']],
    ["'esv.commas', '', java.util.List", ['a', 'b']],
    ["'esv.map', '{}', java.util.Map", { a: { b: 1 } }],
    ["'esv.none', '7', java.lang.Integer", 7],
    ["'esv.none', 7, java.lang.Integer", 7],
    ["'esv.none', '{\"k\":2}', java.util.Map", { k: 2 }],
    ["'esv.int', 1, 'java.lang.Integer'", 34],
  ])('%s', async (args, value) => {
    for (const kind of ['decision', 'legacyDecision'] as const) {
      expect(await evaluate(engine, `systemEnv.getProperty(${args})`, { kind }, host)).toEqual(value)
    }
  })

  test.each([
    ["'esv.secret', 1, java.lang.Integer", 'not of type Integer'],
    ["'esv.secret', 1, java.util.Map", 'not of type Map'],
    ["'esv.list', 1, java.util.Map", 'not of type Map'],
    ["'esv.int', 1, java.util.HashSet", 'Unsupported return type java.util.HashSet'],
  ])('but refuses %s, without the value', async (args, message) => {
    const failed = await run(engine, `systemEnv.getProperty(${args})`, {}, host).catch(String)
    expect(failed).toContain(message)
    expect(failed).not.toContain('hunter2')
  })
})

describe('Java in a next-generation script', () => {
  test.each([
    ['java.lang.Math.max(1, 2)', 2],
    ['new java.util.ArrayList().size()', 0],
    ['JavaImporter(java.util).ArrayList === java.util.ArrayList', true],
    ['java.util.concurrent.TimeUnit.HOURS.toMinutes(2)', 120],
    ['org.forgerock.json.JsonValue({ a: 1 }).get("a").asInteger()', 1],
  ])('%s returns %j', async (expression, value) => {
    expect(await evaluate(engine, expression)).toEqual(value)
  })

  test.each([
    'java.util.HashMap()',
    'java.lang.System.nanoTime()',
    'JavaImporter(java.util).HashMap',
    'new (JavaImporter(java.lang.System).System)()',
    'Packages.javax.crypto.Mac.getInstance("HmacSHA256")',
    'org.forgerock.http.protocol.Request()',
  ])('is not available besides the vendor’s list: %s', async (source) => {
    await expect(run(engine, source)).rejects.toThrow('is not available in next-generation scripts')
  })
})

test('systemEnv returns a value of the requested type, else the default, else null', async () => {
  const host: ScriptHost = async ({ args }) => (args[0] === 'esv.n' ? '5' : null)
  const expression = `[systemEnv.getProperty('esv.n'), systemEnv.getProperty('esv.n', 1, 'number'),
    systemEnv.getProperty('esv.x', 'd'), systemEnv.getProperty('esv.x'),
    systemEnv.getProperty('esv.x', '7', 'number'), systemEnv.getProperty('esv.x', 7, 'number')]`
  expect(await evaluate(engine, expression, {}, host)).toEqual(['5', 5, 'd', null, 7, 7])
})

describe('utils', () => {
  test.each([
    ['utils.base64.encode("héllo")', 'aMOpbGxv'],
    ['utils.base64.decode("aMOpbGxv")', 'héllo'],
    ['utils.base64url.encode("??>>")', 'Pz8-Pg'],
    ['utils.base64url.decode("Pz8-Pg")', '??>>'],
    ['utils.base64.decodeToBytes("/w==")[0]', -1],
    [
      'utils.types.stringToBytes("hé").map(function (byte) { return ("0" + (byte & 255).toString(16)).slice(-2) }).join("")',
      '68c3a9',
    ],
    ['utils.types.bytesToString(utils.types.stringToBytes("héllo"))', 'héllo'],
    ['utils.types.bytesToString([104, -61, -87])', 'hé'],
    ['utils.crypto.randomUUID().length', 36],
    ['utils.crypto.randomUUID() === utils.crypto.randomUUID()', false],
    ['utils.crypto.getRandomValues(new Uint8Array(4)).length', 4],
    [
      'utils.base64.encode(utils.crypto.subtle.digest("SHA-256", utils.types.stringToBytes("abc")))',
      'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    ],
  ])('%s returns %j', async (expression, value) => {
    expect(await evaluate(engine, expression)).toEqual(value)
  })

  test.each([
    ['HMAC', '{ name: "HMAC", hash: "SHA-256" }'],
    ['ECDSA', '{ name: "ECDSA", hash: "SHA-256" }'],
  ])('%s signs and verifies', async (name, algorithm) => {
    const { outcome } = await run(
      engine,
      `var subtle = utils.crypto.subtle
       var key = subtle.generateKey(${algorithm})
       var data = utils.types.stringToBytes('data')
       var signature = subtle.sign(${algorithm}, key.privateKey || key, data)
       outcome = [subtle.verify(${algorithm}, key.publicKey || key, data, signature),
         subtle.verify(${algorithm}, key.publicKey || key, utils.types.stringToBytes('other'), signature)]`,
    )
    expect([name, outcome]).toEqual([name, [true, false]])
  })

  test.each(["generateKey({ name: 'ECDSA' })", "deriveKey({ name: 'PBKDF2', iterations: 1 }, 'secret')"])(
    'refuses the fifth %s of a run, and counts no other calls',
    async (call) => {
      const { outcome } = await run(
        engine,
        `var subtle = utils.crypto.subtle
       for (var i = 0; i < 4; i++) { subtle.${call}; subtle.generateKey('AES') }
       try { subtle.${call} } catch (e) { outcome = e.javaException.getCode() }`,
      )
      expect(outcome).toBe(429)
    },
  )

  test.each(['P-384', 'P-521'])('ECDSA signs with a key of the curve %s', async (namedCurve) => {
    const { outcome } = await run(
      engine,
      `var subtle = utils.crypto.subtle, options = { name: 'ECDSA', hash: 'SHA-512' }
       var key = subtle.generateKey({ name: 'ECDSA', namedCurve: '${namedCurve}' })
       var data = utils.types.stringToBytes('data')
       outcome = subtle.verify(options, key.publicKey, data, subtle.sign(options, key.privateKey, data))`,
    )
    expect(outcome).toBe(true)
  })

  test.each([
    ['{ name: "HMAC" }', 32],
    ['{ name: "HMAC", hash: "SHA-384" }', 48],
    ['{ name: "AES", length: 128 }', 16],
  ])('generateKey(%s) makes %i bytes', async (options, length) => {
    expect(await evaluate(engine, `utils.crypto.subtle.generateKey(${options}).length`)).toBe(length)
  })

  test.each([
    ['generateKey("DES")', 'the algorithm must be one of AES, RSA'],
    ['generateKey({ name: "AES", length: 64 })', 'the length must be 128'],
    ['deriveKey({ name: "PBKDF2", hash: "MD5" }, [1])', 'the hash must be one of SHA-1'],
  ])('%s says what was expected', async (call, message) => {
    await expect(run(engine, `utils.crypto.subtle.${call}`)).rejects.toThrow(message)
  })

  test.each(['AES', 'RSA'])('%s encrypts and decrypts under the vendor’s name', async (name) => {
    const { outcome } = await run(
      engine,
      `var subtle = utils.crypto.subtle
       var key = subtle.generateKey("${name}")
       var data = utils.types.stringToBytes('data')
       var secret = subtle.encrypt("${name}", key.publicKey || key, data)
       var again = subtle.encrypt("${name}", key.publicKey || key, data)
       outcome = [utils.types.bytesToString(subtle.decrypt("${name}", key.privateKey || key, secret)),
         utils.base64.encode(secret) === utils.base64.encode(again)]
       secret[secret.length - 1] ^= 1
       try { subtle.decrypt("${name}", key.privateKey || key, secret); outcome.push('accepted') } catch (e) { outcome.push('refused') }`,
    )
    expect(outcome).toEqual(['data', false, 'refused'])
  })

  test('RSA signs and verifies under the vendor’s name', async () => {
    const { outcome } = await run(
      engine,
      `var subtle = utils.crypto.subtle
       var pair = subtle.generateKey({ name: 'RSA', modulusLength: 2048 })
       var data = utils.types.stringToBytes('data')
       var signature = subtle.sign('RSA', pair.privateKey, data)
       outcome = [subtle.verify('RSA', pair.publicKey, data, signature),
         subtle.verify('RSA', pair.publicKey, utils.types.stringToBytes('other'), signature)]`,
    )
    expect(outcome).toEqual([true, false])
  })

  test.each([
    ['', 32],
    [', 128', 16],
    [', 512', 64],
  ])('deriveKey%s returns a key of %i bytes', async (length, bytes) => {
    const salted = "{ name: 'PBKDF2', iterations: 10, salt: utils.types.stringToBytes('salt') }"
    const derived = `utils.crypto.subtle.deriveKey(${salted}, utils.types.stringToBytes('secret')${length})`
    expect(await evaluate(engine, `${derived}.length`)).toBe(bytes)
  })

  test('AES-GCM encrypts and decrypts, and rejects invalid arguments', async () => {
    const { outcome } = await run(
      engine,
      `var subtle = utils.crypto.subtle
       var algorithm = { name: 'AES-GCM', iv: utils.crypto.getRandomValues(new Uint8Array(12)) }
       var key = subtle.generateKey({ name: 'AES-GCM', length: 256 })
       var secret = subtle.encrypt(algorithm, key, utils.types.stringToBytes('data'))
       outcome = [utils.types.bytesToString(subtle.decrypt(algorithm, key, secret))]
       try { subtle.digest('MD4', 'x') } catch (e) { outcome.push(e.javaException.getCode()) }`,
    )
    expect(outcome).toEqual(['data', 400])
  })
})

test('log lines have levels, placeholders and a maximum length', async () => {
  const { logs } = await run(
    engine,
    `logger.debug('{} and {}', 1, { a: 2 }); logger.warn('{} {}', 'one'); logger.trace(null)
     if (logger.isDebugEnabled()) for (var i = 0; i < 300; i++) logger.info('x')`,
  )
  expect(logs.slice(0, 3)).toEqual([
    { level: 'debug', message: '1 and {"a":2}' },
    { level: 'warn', message: 'one {}' },
    { level: 'trace', message: 'null' },
  ])
  expect(logs).toHaveLength(201)
  expect(logs.at(-1)).toEqual({ level: 'warn', message: 'More log lines were dropped' })
})

describe('a library', () => {
  const libraries = {
    tools: 'var inner = require("inner")\nexports.twice = function (n) { return inner.add(n, n) }',
    inner: 'exports.add = function (a, b) { return a + b }',
    broken: '\nvar x = (',
    failing: 'exports.f = function () {\n\n  missing()\n}',
  }

  test('can require other libraries', async () => {
    expect(await evaluate(engine, 'require("tools").twice(4)', { libraries })).toBe(8)
  })

  test.each([
    ['require("failing").f()', { message: 'ReferenceError: missing is not defined (failing#3)', line: 3 }],
    ['require("none")', { message: 'Error: Library script "none" not found (My Script#1)' }],
    ['require("broken")', { message: expect.stringContaining('(broken#2)') }],
  ])('%s fails with the position', async (source, error) => {
    await expect(run(engine, source, { libraries })).rejects.toMatchObject(error)
  })

  test.each([
    ['a function', 'function g() { return 7 }', 'this.g()', 7],
    ['a variable', 'var limit = 3', 'this.limit', 3],
    [
      'the current value of a variable',
      'var n = 1; exports.more = () => { n++ }',
      '(exports.more(), this.n)',
      2,
    ],
    ['a member of exports first', 'function g() { return 1 }; exports.g = () => 2', 'this.g()', 2],
    ['the operator in for its declarations', 'function g() {}', '["g" in this, "h" in this]', [true, false]],
    ['a function called name', 'function name() { return "own" }', 'this.name()', 'own'],
    [
      'no other names',
      'var a = 1',
      '[typeof this.b, typeof this["a + 1"], typeof this["new"]]',
      Array(3).fill('undefined'),
    ],
    ['declarations in strict mode', '"use strict"; function g() { return 5 }', 'this.g()', 5],
  ])('sees on this: %s', async (_case, declared, expression, value) => {
    const source = `${declared}\nexports.f = () => ${expression}`
    expect(await evaluate(engine, 'require("own").f()', { libraries: { own: source } })).toEqual(value)
  })

  test('sees its declarations on this while it loads, with correct line numbers', async () => {
    const source = 'function g() { return 4 }\nexports.x = this.g()\nexports.f = () => missing()'
    expect(await evaluate(engine, 'require("own").x', { libraries: { own: source } })).toBe(4)
    await expect(run(engine, 'require("own").f()', { libraries: { own: source } })).rejects.toMatchObject({
      line: 3,
    })
  })

  test('does not see the declarations of another', async () => {
    const others = { own: 'exports.f = () => typeof this.secret', other: 'var secret = 1' }
    const asked = '(require("other"), require("own").f())'
    expect(await evaluate(engine, asked, { libraries: others })).toBe('undefined')
  })

  test('is not available to custom nodes', async () => {
    await expect(run(engine, 'require("tools")', { libraries, kind: 'customNode' })).rejects.toThrow(
      'require',
    )
  })
})
